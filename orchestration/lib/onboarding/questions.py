"""Questions about what must not be guessed, and their answers: `--answer key=value`.

Belongs here: questions, answers and their wording. Does not belong here: what is unclear (matching.py and others),
and asking on a terminal (the command).
"""

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from orchestration.mistakes import Mistake


class OnboardingError(Mistake):
    """The files or answers cannot be used; the text states what was found and what to do."""


@dataclass(frozen=True)
class Question:
    """One question; `options` are the only valid answers, unless it is empty."""

    key: str
    text: str
    options: tuple[str, ...] = ()
    example: str = ""

    def prompt(self) -> str:
        """Return the question with its possible answers, for a terminal."""
        return f"{self.text} ({' | '.join(self.options)})" if self.options else self.text

    def sentence(self) -> str:
        """Return the question with the exact option that answers it."""
        value = self.example or (self.options[0] if self.options else "...")
        return f"{self.prompt()}\n    --answer {shlex.quote(f'{self.key}={value}')}"


@dataclass
class Answers:
    """The answers of this call and of earlier ones, and the questions that they leave open, in their order."""

    given: dict[str, str]
    remembered: dict[str, str] = field(default_factory=dict)
    open_questions: list[Question] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def volunteered(self, key: str) -> str | None:
        """Return an answer that was given without a question, which overrules a guess; None if there is none."""
        self.known.add(key)
        return self.given.get(key, self.remembered.get(key))

    def ask(self, question: Question) -> str | None:
        """Return the answer; without one the question is open: None. OnboardingError if it is not an option."""
        value = self.volunteered(question.key)
        if value is None:
            self.open_questions.append(question)
            return None
        if question.options and value not in question.options:
            raise OnboardingError(f"--answer {question.key}={value}: answer with {' | '.join(question.options)}")
        return value

    def check_all_known(self) -> None:
        """Raise OnboardingError for an answer that belongs to no question."""
        if unknown := sorted(set(self.given) - self.known):
            raise OnboardingError(
                f"--answer {unknown[0]}=...: there is no question {unknown[0]!r}; "
                f"known are {', '.join(sorted(self.known))}"
            )


def read_answers(texts: Iterable[str]) -> dict[str, str]:
    """Return key -> value of `key=value` texts. OnboardingError for another text, or a duplicate key."""
    answers: dict[str, str] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise OnboardingError(f"--answer {text}: write key=value, for example time_zone=Europe/Rome")
        key, value = key.strip(), value.strip()
        if key in answers:
            raise OnboardingError(f"--answer {key} is given twice; remove one of them")
        answers[key] = value
    return answers


def sentences(questions: Sequence[Question]) -> str:
    """Return all questions, numbered."""
    return "\n".join(f"{number}. {question.sentence()}" for number, question in enumerate(questions, start=1))
