"""Telling people what the agreement wants told, each thing once: outbox, mail, webhook, tasks for the CRM.

Belongs here: from the events of the published copy to what a server accepted. What is told is the mart
fct_notifications, which the agreement's `notifications` switch on; the verb is in commands/.
"""
