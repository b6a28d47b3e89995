"""The files of small companies of other shapes, as texts by name, for `test_real_source.py`."""

PIPELINE = """\
opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
Q1,Ivo Blu,Oak,Alta Srl,Won,2026-01-10,2026-02-10,1200.50
Q2,Ivo Blu,Oak,Bassa Srl,Lost,2026-01-12,2026-02-12,0
Q3,Eva Neri,Fir,Alta Srl,Engaging,2026-02-01,,
Q4,Eva Neri,Fir,Centro Srl,Won,2026-02-03,2026-03-01,300
"""
PAYMENTS = """\
Order ID,Customer ID,Order date,Status,Order total,Channel
R1,K1,2026-01-05,paid,100.10,shop
R2,K2,2026-01-06,refunded,50,shop
R3,K1,2026-02-05,shipped,20.90,shop
"""
TOUCHES = """\
visitor_id,touch_time,channel,interaction,conversion,conversion_value
v-1,2026-02-01 10:00:00,Newsletter,impression,0,
v-1,2026-02-03 10:00:00,Google Ads,click,1,80.50
v-2,2026-02-04 10:00:00,Google Ads,click,0,
v-3,2026-02-05 10:00:00,Facebook,click,1,19.50
"""
PIPEDRIVE = {
    "people": "Person - ID,Person - Name,Person - Email - Work,Person - Person created,Person - Owner\n"
    "31,Gia Rossa,gia@uno.example.com,2026-03-02 09:00:00,Ivo Blu\n"
    "32,Leo Verde,leo@due.example.com,2026-03-02 10:00:00,Eva Neri\n",
    "deals": "Deal - ID,Deal - Status,Deal - Stage,Deal - Owner,Deal - Value,Deal - Currency of Value,"
    "Deal - Deal created,Deal - Won time,Deal - Lost time,Deal - Lost reason,Person - ID\n"
    "21,won,Offer,Ivo Blu,700,EUR,2026-03-03 09:00:00,2026-03-20 15:00:00,,,31\n"
    "22,lost,Offer,Eva Neri,150,USD,2026-03-04 09:00:00,,2026-04-01 10:00:00,Price,32\n"
    "23,deleted,Offer,Eva Neri,999,EUR,2026-03-05 09:00:00,,,,32\n",
    "activities": "Activity - ID,Activity - Type,Activity - Done,Activity - Marked as done time,"
    "Activity - Assigned to user,Person - ID\n"
    "41,Call,Done,2026-03-03 10:00:00,Ivo Blu,31\n42,Email,Done,2026-03-04 10:00:00,Eva Neri,32\n"
    "43,Note,Done,2026-03-02 12:00:00,Eva Neri,32\n44,Call,To do,,Eva Neri,32\n",
}
RD_STATION = {
    "leads": "Email,Nome,Empresa,Data da primeira conversão,Origem da primeira conversão,Dono do Lead\n"
    "rui@tres.example.com,Rui Lima,Três,15/03/2026 10:00,Busca orgânica,Ana Sol\n"
    "bia@quatro.example.com,Bia Luz,Quatro,16/03/2026 11:00,Evento,Ana Sol\n",
    "negociacoes": "Nome,Etapa,Estado,Valor Único,Data de criação,Data de fechamento,Motivo de Perda,"
    "Responsável,Email\n"
    'Três - móveis,Proposta,Vendida,"1.500,50",17/03/2026,25/03/2026,,Ana Sol,rui@tres.example.com\n'
    'Quatro - móveis,Proposta,Perdida,"400,00",18/03/2026,26/03/2026,Preço,Ana Sol,bia@quatro.example.com\n',
}
UNDATED = {
    "leads": "Lead ID,Name,Source,Owner,Shoe size\nu1,Tea Uno,Fair,Ivo Blu,38\nu2,Teo Due,Fair,Ivo Blu,39\n",
    "deals": "Deal ID,Lead ID,Owner,Stage,Amount,Created,Close date\nu9,u1,Ivo Blu,Won,60.5,2026-03-01,2026-03-02\n",
}
TRACKER = """\
No,Name,E-mail,Created,Source,Owner,Status,Value,Closed,Colour
t1,Pia Alba,pia@sei.example.com,2026-03-02,Fair,Ivo Blu,Won,900.50,2026-03-10,red
t2,Ugo Mare,ugo@sette.example.com,2026-03-03,Fair,Eva Neri,New,,,blue
t3,Zoe Riva,zoe@otto.example.com,2026-03-04,Fair,Eva Neri,Lost,100,2026-03-12,red
"""
WORDS = {
    "deals": "Deal ID,Owner,Stage,Type,Amount,Created,Close date\n"
    "w1,Ivo Blu,Won,Framework,70,2026-03-01,2026-03-09\nw2,Ivo Blu,Won,Renewal,60,2026-03-01,2026-03-09\n"
    "w3,Ivo Blu,Won,New logo,50,2026-03-01,2026-03-09\n",
    "invoices": "Invoice ID,Invoice date,Status,Total\nx1,2026-03-10,Paid,30.5\nx2,2026-03-10,In dispute,20\n",
}
# What the company changes in its files afterwards, and exports with words that no list contains.
CHANGED = {"deal_kinds": ("Framework,,new_business", "Framework,,renewal"),
           "billing_states": ("In dispute,billed", "In dispute,uncollectible")}  # fmt: skip
LATER = {
    "deals-2026-05": "Deal ID,Owner,Stage,Type,Amount,Created,Close date\nw4,Ivo Blu,Handshake,Barter,9,2026-05-01,\n",
    "invoices-2026-05": "Invoice ID,Invoice date,Status,Total\nx3,2026-05-10,Contested,7\n",
}
DAYS = [
    {"contacts": "Contact ID,Name,Created\nc1,Ada Uno,2026-03-02\nc2,Ida Due,2026-03-03\n"},
    {
        "deals": "Deal ID,Contact ID,Owner,Stage,Amount,Created,Close date\n"
        "g1,c1,Ivo Blu,Delivered,40.5,2026-03-04,2026-03-09\ng2,c2,Eva Neri,Lost,10,2026-03-05,2026-03-09\n"
    },
    {"payments": "Payment ID,Contact ID,Paid at,Status,Amount\np1,c2,2026-04-20,paid,15.25\np2,c1,2026-04-21,void,9\n"},
]
DYNAMICS = {
    "leads": "(Do Not Modify) Lead,(Do Not Modify) Modified On,Topic,Name,Created On,Lead Source,Owner,Company Name\n"
    "9A-1,2026-04-02 08:00,Racks,Ove Lund,2026-03-02 08:00,Trade Show,Sven Holt,Nord AS\n"
    "9A-2,2026-04-02 08:00,Racks,Siv Aas,2026-03-05 08:00,Trade Show,Tina Berg,Vest AS\n",
    "opportunities": "(Do Not Modify) Opportunity,Potential Customer,Actual Close Date,Actual Revenue,Status,"
    "Created On,Owner,Originating Lead,Currency\n"
    "9B-1,Nord AS,2026-04-20,1100.50,Won,2026-03-10,Sven Holt,9A-1,Euro\n"
    "9B-2,Vest AS,2026-04-22,0,Lost,2026-03-14,Tina Berg,9A-2,Euro\n"
    "9B-3,Vest AS,,,Open,2026-03-15,Tina Berg,9A-2,Euro\n",
}
# Orders with lines, refunds as negative rows, and amounts each with its sign; later one with another sign.
SALES = {
    "orders": "Order No,Line,Order date,Customer,Line total,Order total\n"
    "L1,1,2026-02-01,Kappa,20.25,50\nL1,2,2026-02-01,Kappa,29.75,50\nL2,1,2026-02-08,Kappa,10,10\n",
    "payments": "Payment No,Paid on,Kind,Amount\n"
    "Y1,2026-02-03,charge,€ 120\nY2,2026-02-10,refund,-€ 20.50\nY3,2026-02-11,charge,US$ 30\n",
}
LATER_SALES = "Payment No,Paid on,Kind,Amount\nY4,2026-03-03,charge,$ 70\nY5,2026-03-03,charge,80 EUR\n"

# By table, the export of February and what March has otherwise.
OWNED_LEADS = """\
Lead Id,Full name,Mail,Owner,Source,Created
a-1,Ann Example,ann@one.example,Mia Bo,Web,2026-01-13 09:00
a-3,Cy Example,cy@three.example,Mia Bo,Web,2026-01-16 09:00
"""
OWNED_DEALS = """\
Deal Id,Lead Id,Owner,Stage,Amount,Currency,Created,Close date
d-1,a-1,Mia Bo,Won,100.125,EUR,2026-01-20,2026-02-01
d-2,a-3,Leo Ax,Open,200.50,EUR,2026-01-21,2026-05-01
"""
OWNERS = {
    "leads": (
        OWNED_LEADS,
        OWNED_LEADS.replace("one.example,Mia Bo", "one.example,Leo Ax").replace("Mia Bo", "mia bo"),
    ),
    "deals": (OWNED_DEALS, OWNED_DEALS.replace("Mia Bo", "?").replace("Leo Ax", "Mia Bo").replace("?", "Leo Ax")),
    "users": ("User Id,First name,Last name,Team\nu-1,Mia,Bo,East\nu-2,Leo,Ax,East\n", ""),
}
