"""What is asked because it must not be guessed, and what was answered: `--answer key=value`.

Belongs here: questions, answers and their sentences. Does not belong here: what is unclear (matching.py and others)
and asking it on a terminal (the command).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from orchestration.mistakes import Mistake


class OnboardingError(Mistake):
    """The files or answers cannot be used; the text says what was found and what to do."""


@dataclass(frozen=True)
class Question:
    """One question; `options` are the only answers, unless there are none."""

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
        return f"{self.prompt()}\n    --answer {shell_word(f'{self.key}={value}')}"


def shell_word(text: str) -> str:
    """Return the text as one word of a shell and of most other command lines."""
    plain = all(letter.isalnum() or letter in "._-=/:,+" for letter in text)
    return text if plain else '"' + text.replace('"', '\\"') + '"'


@dataclass
class Answers:
    """The answers of the user, and the questions that they leave open, in the order in which they were asked."""

    given: dict[str, str]
    open_questions: list[Question] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)

    def say(self, key: str) -> str | None:
        """Return what was answered without having been asked, which overrules a guess; None if nothing was."""
        self.heard.add(key)
        return self.given.get(key)

    def ask(self, question: Question) -> str | None:
        """Return the answer; None, and the question is open, without one. OnboardingError if it is no option."""
        value = self.say(question.key)
        if value is None:
            self.open_questions.append(question)
            return None
        if question.options and value not in question.options:
            raise OnboardingError(f"--answer {question.key}={value}: answer with {' | '.join(question.options)}")
        return value

    def check_all_heard(self) -> None:
        """Raise OnboardingError for an answer that belongs to no question."""
        if unheard := sorted(set(self.given) - self.heard):
            raise OnboardingError(
                f"--answer {unheard[0]}=...: nothing asks for {unheard[0]!r}; known are {', '.join(sorted(self.heard))}"
            )


def read_answers(texts: Iterable[str]) -> dict[str, str]:
    """Return key -> value of `key=value` texts. OnboardingError for another text, or a key twice."""
    answers: dict[str, str] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise OnboardingError(f"--answer {text}: write key=value, for example time_zone=Europe/Rome")
        key, value = key.strip(), value.strip()
        if key in answers:
            raise OnboardingError(f"--answer {key} is given twice; leave one of them out")
        answers[key] = value
    return answers


def sentences(questions: Sequence[Question]) -> str:
    """Return all questions, numbered."""
    return "\n".join(f"{number}. {question.sentence()}" for number, question in enumerate(questions, start=1))
