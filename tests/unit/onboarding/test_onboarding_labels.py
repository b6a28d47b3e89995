"""`smarketing source` on a pipeline alone, in the labels of tools and in six languages."""

import pytest

from tests.unit.onboarding.conftest import Planner, questions, text_of


@pytest.mark.parametrize(
    ("name", "text", "fields"),
    [
        (  # RD Station
            "negociacoes",
            "Nome,Etapa,Estado,Valor Único,Data de criação,Data de fechamento,Motivo de Perda,Responsável\n"
            "A,Proposta,Vendida,10.5,2026-03-02,2026-03-09,,Mia\nB,Contato,Perdida,20.5,2026-03-02,2026-03-09,Preço,Leo\n",
            {
                "stage_label": "Estado",
                "amount": "Valor Único",
                "lost_reason": "Motivo de Perda",
                "owner_record_id": "Resp",
            },
        ),
        (  # Dynamics
            "opportunities",
            "(Do Not Modify) Opportunity,Opportunity ID,Status,Actual Revenue,Created On,Actual Close Date,Owner\n"
            "x1,o1,Won,10.5,2026-03-02,2026-03-09,Mia\nx2,o2,Lost,20.5,2026-03-02,2026-03-09,Leo\n",
            {"stage_label": "Status", "amount": "Actual Revenue", "closed_at": "Actual Close Date"},
        ),
        (  # Freshsales
            "deals",
            "Id,Name,Deal stage,Deal value,Created at,Closed date,Sales owner,Sales account\n"
            "1,Desks,Won,10.5,2026-03-02,2026-03-09,Mia,One\n2,Lamps,Lost,20.5,2026-03-02,2026-03-09,Leo,Two\n",
            {"amount": "Deal value", "owner_record_id": "Sales owner", "account_record_id": "Sales account"},
        ),
        (
            "trattative",
            "Id trattativa,Fase,Importo,Data di creazione,Data di chiusura,Motivo della perdita,Proprietario\n"
            "1,Vinta,10.5,2026-03-02,2026-03-09,,Mia\n2,Persa,20.5,2026-03-02,2026-03-09,Prezzo,Leo\n",
            {"stage_label": "Fase", "amount": "Importo", "lost_reason": "Motivo della perdita"},
        ),
        (
            "negocios",
            "Id de negocio,Etapa,Importe,Fecha de creación,Fecha de cierre,Propietario\n"
            "1,Ganado,10.5,2026-03-02,2026-03-09,Mia\n2,Perdido,20.5,2026-03-02,2026-03-09,Leo\n",
            {"stage_label": "Etapa", "amount": "Importe", "closed_at": "Fecha de cierre"},
        ),
        (
            "verkaufschancen",
            "Nummer,Phase,Betrag,Erstellt am,Abschlussdatum,Verlustgrund,Zuständig\n"
            "1,Gewonnen,10.5,2026-03-02,2026-03-09,,Mia\n2,Verloren,20.5,2026-03-02,2026-03-09,Preis,Leo\n",
            {"stage_label": "Phase", "amount": "Betrag", "owner_record_id": "Zuständig"},
        ),
        (
            "opportunites",
            "Identifiant,Étape,Montant,Date de création,Date de clôture,Raison de la perte,Propriétaire\n"
            "1,Gagnée,10.5,2026-03-02,2026-03-09,,Mia\n2,Perdue,20.5,2026-03-02,2026-03-09,Prix,Leo\n",
            {"stage_label": "Étape", "amount": "Montant", "lost_reason": "Raison de la perte"},
        ),
    ],
)
def test_a_pipeline_alone_in_the_words_of_a_tool_or_language(
    plan: Planner, name: str, text: str, fields: dict[str, str]
) -> None:
    made = plan(**{name: text})
    assert questions(made) == {}
    for field, label in fields.items():
        assert f"{field} = {label}" in made.found[0]
    stages = text_of(made, "stage_labels.csv")
    assert ",customer," in stages
    assert ",lost," in stages
    assert "commitments: {}" in next(text for path, text in made.writes.texts.items() if "agreements" in path.parts)
