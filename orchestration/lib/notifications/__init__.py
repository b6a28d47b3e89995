"""Notifies people of the events that the agreement names, of each once: outbox, mail, webhook, tasks for the CRM.

Belongs here: from the events of the published copy to what a server accepted. The events are the mart
fct_notifications, which the agreement's `notifications` switch on; the verb is in commands/.
"""
