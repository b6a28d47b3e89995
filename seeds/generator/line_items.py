"""What the demo company's deals and invoices consist of: lamps, furniture and work, as HubSpot, Salesforce and the
billing tool write them. The deals and their amounts belong to deals, the invoices to deals too.
"""

from dataclasses import dataclass
from random import Random

from seeds.generator import company
from seeds.generator.draws import between, chance, pick, pick_weighted
from seeds.generator.records import Deal, Records
from seeds.generator.salesforce_ids import record_id, stamp
from seeds.generator.sheets import Row, Sheet, money


@dataclass(frozen=True)
class Product:
    """A product, its list price in cents and the share of its price that it costs; none where nobody knows."""

    number: int
    name: str
    family: str
    price: int
    cost_share: float | None


PRODUCTS = [
    Product(1, "Pendant lamp Arco", "Lighting", 18_900, 0.52),
    Product(2, "Desk lamp Lume", "Lighting", 9_900, 0.48),
    Product(3, "Ceiling panel Piana", "Lighting", 24_500, 0.55),
    Product(4, "Office chair Seda", "Furniture", 32_000, 0.66),
    Product(5, "Sound screen Quieta", "Furniture", 41_000, 0.61),
    Product(6, "Lighting plan", "Services", 60_000, None),
    Product(7, "Installation", "Services", 45_000, None),
]
# HubSpot's own words for what is delivered and what is done.
_TYPES = {"Lighting": "Inventory", "Furniture": "Inventory", "Services": "Service"}
HEADERS = {
    "hubspot/products.csv": ["Record ID", "Name", "SKU", "Product type", "Unit price"],
    "hubspot/line items.csv": [
        *("Record ID", "Name", "Product ID", "SKU", "Quantity", "Unit price", "Unit cost", "Net price", "Currency"),
        *("Associated Deal IDs", "Associated Invoice IDs"),
    ],
    "salesforce/Product2.csv": ["Id", "Name", "ProductCode", "Family", "IsActive", "IsDeleted"],
    "salesforce/OpportunityLineItem.csv": [
        *("Id", "OpportunityId", "PricebookEntryId", "Product2Id", "ProductCode", "Name", "Quantity", "UnitPrice"),
        *("TotalPrice", "CurrencyIsoCode", "IsDeleted", "CreatedDate"),
    ],
    "billing/invoice_line_items.csv": [
        *("id", "Invoice ID", "Product Name", "Line Item Quantity", "Unit Amount", "Line Amount", "Currency"),
    ],
}
_Part = tuple[Product, int, int]  # product, quantity, cents of the whole line


def sheets(rng: Random, records: Records) -> dict[str, Sheet]:
    """The files of lines and products by their path in the exports folder."""
    rows: dict[str, list[Row]] = {path: [] for path in HEADERS}
    for product in PRODUCTS:
        rows["hubspot/products.csv"].append(_library(product))
        rows["salesforce/Product2.csv"].append(_product2(product))
    parts = {deal.deal_id: _parts(rng, deal) for deal in records.deals}
    for deal in records.deals:
        for product, quantity, cents in parts[deal.deal_id]:
            if deal.person.is_in_salesforce:
                path = "salesforce/OpportunityLineItem.csv"
                rows[path].append(_opportunity_line(len(rows[path]) + 1, deal, product, quantity, cents))
            else:
                rows["hubspot/line items.csv"].append(
                    _line(rows, deal.currency, product, quantity, cents) | {"Associated Deal IDs": deal.deal_id}
                )
    for invoice in records.invoices:
        deal = invoice.deal
        for product, quantity, cents in _shared(parts[deal.deal_id], invoice.cents, deal.cents):
            if not deal.person.is_in_salesforce:
                rows["hubspot/line items.csv"].append(
                    _line(rows, deal.currency, product, quantity, cents)
                    | {"Associated Invoice IDs": str(invoice.number)}
                )
            elif deal.person.account:
                rows["billing/invoice_line_items.csv"].append(
                    {"id": f"il_{len(rows['billing/invoice_line_items.csv']) + 1:05}"}
                    | {"Invoice ID": f"in_{invoice.number}", "Product Name": product.name}
                    | {"Line Item Quantity": str(quantity), "Unit Amount": money(cents // quantity)}
                    | {"Line Amount": money(cents), "Currency": deal.currency.lower()}
                )
    return {
        path: Sheet(header, rows[path], encoding="iso-8859-1", quotes_all=True)
        if path.startswith("salesforce")
        else Sheet(header, rows[path])
        for path, header in HEADERS.items()
    }


def _parts(rng: Random, deal: Deal) -> list[_Part]:
    """The lines of a deal: none where sales wrote only the amount, and now and then a discount on the whole."""
    goods = pick_weighted(rng, (1, 2, 3), (40, 40, 20)) + (deal.person.segment.stream == company.ENTERPRISE)
    chosen = sorted({pick(rng, PRODUCTS).number for _ in range(goods)})
    weights = [between(rng, 1, 4) for _ in chosen]
    is_bare, has_discount = chance(rng, 0.12), chance(rng, 0.04)
    if is_bare:
        return []
    total = deal.cents * 20 // 19 if has_discount else deal.cents
    cents = [int(total * weight / sum(weights)) for weight in weights]
    cents[0] += total - sum(cents)
    found = [PRODUCTS[number - 1] for number in chosen]
    return [(one, max(1, part // one.price), part) for one, part in zip(found, cents, strict=True)]


def _shared(parts: list[_Part], cents: int, whole: int) -> list[_Part]:
    """The lines of an invoice: those of its deal, each by the share of the deal that is invoiced."""
    shares = [part * cents // whole for _, _, part in parts]
    if shares and sum(part for _, _, part in parts) == whole:
        shares[0] += cents - sum(shares)
    return [
        (product, max(1, quantity * cents // whole), share)
        for (product, quantity, _), share in zip(parts, shares, strict=True)
    ]


def _library(product: Product) -> Row:
    return {
        "Record ID": str(8800 + product.number),
        "Name": product.name,
        "SKU": f"LO-{product.number:03}",
        "Product type": _TYPES[product.family],
        "Unit price": money(product.price),
    }


def _line(rows: dict[str, list[Row]], currency: str, product: Product, quantity: int, cents: int) -> Row:
    unit = cents // quantity
    return {
        "Record ID": str(70000001 + len(rows["hubspot/line items.csv"])),
        "Name": product.name,
        "Product ID": str(8800 + product.number),
        "SKU": f"LO-{product.number:03}",
        "Quantity": str(quantity),
        "Unit price": money(unit),
        "Unit cost": "" if product.cost_share is None else money(int(unit * product.cost_share)),
        "Net price": money(cents),
        "Currency": currency,
    }


def _product2(product: Product) -> Row:
    return {
        "Id": record_id("01t", product.number),
        "Name": product.name,
        "ProductCode": f"LO-{product.number:03}",
        "Family": product.family,
        "IsActive": "1",
        "IsDeleted": "0",
    }


def _opportunity_line(number: int, deal: Deal, product: Product, quantity: int, cents: int) -> Row:
    return {
        "Id": record_id("00k", number),
        "OpportunityId": record_id("006", int(deal.deal_id)),
        "PricebookEntryId": record_id("01u", product.number),
        "Product2Id": record_id("01t", product.number),
        "ProductCode": f"LO-{product.number:03}",
        "Name": f"{deal.name} {product.name}",
        "Quantity": f"{quantity}.00",
        "UnitPrice": money(cents // quantity),
        "TotalPrice": money(cents),
        "CurrencyIsoCode": deal.currency,
        "IsDeleted": "0",
        "CreatedDate": stamp(deal.created),
    }
