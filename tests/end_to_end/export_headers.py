"""The headers of real exports, as people get them, and rows below them.

Belongs here: the labels of every column, whether the product reads it or not. Does not belong here: the rows of a
company, which are beside its test.
"""

import csv
import io
import re
from collections.abc import Mapping

# By the name of the export; no label contains a comma.
HEADERS = {
    "hubspot_companies": """\
Record ID,Company name,Company Domain Name,Website URL,Company owner,Create Date,Industry,Country/Region,\
Last Activity Date,Associated Deal IDs""",
    "hubspot_contacts_2019_portal": """\
Contact ID,First Name,Last Name,Last marketing email name,Lead Status,Total Revenue,Postal Code,IP City,Company size,\
Last Touch Converting Campaign,First Touch Converting Campaign,Recent Deal Close Date,Number of Pageviews,\
Legal basis for processing contact's data,Became a Marketing Qualified Lead Date,Time of Last Visit,\
Time of First Visit,Close Date,Associated Deals,Recent Deal Amount,Number of times contacted,\
Number of Sales Activities,First Conversion Date,Recent Sales Email Clicked Date,Recent Sales Email Opened Date,\
Original Source,First Deal Created Date,Number of Form Submissions,Currently in workflow,Create Date,\
First Conversion,Became a Sales Qualified Lead Date,Last Meeting Booked,Last Meeting Booked Campaign,\
Last Meeting Booked Medium,Last Meeting Booked Source,First marketing email click date,City,Mobile Phone Number,\
Average Pageviews,Marketing emails delivered,Marketing emails opened,Number of Unique Forms Submitted,\
Last Modified Date,Number of Visits,IP Country Code,Phone Number,Became a Subscriber Date,Contact owner,\
Event Revenue,Last Activity Date,Next Activity Date,Owner Assigned Date,State/Region,Became an Opportunity Date,\
Marketing emails clicked,Last marketing email open date,Unsubscribed from all email,Last Page Seen,First Page Seen,\
Original Source Drill-Down 1,Last marketing email send date,Recent Conversion Date,Became an Other Lifecycle Date,\
Original Source Drill-Down 2,Lifecycle Stage,Last Contacted,Street Address,Recent Conversion,HubSpot Team,Country,\
Last marketing email click date,Persona,Salutation,Sends Since Last Engagement,Became a Customer Date,\
Currently in Sequence,Time Last Seen,Time First Seen,Became a Lead Date,Recent Sales Email Replied Date,Website URL,\
Job Title,Email Domain,HubSpot Score,First Referring Site,Last Referring Site,Became an Evangelist Date,\
Days To Close,Email,Company Name,Annual Revenue,First marketing email open date,IP Country,Industry,\
First marketing email send date,Email Address Quarantined,Number of Employees,Marketing emails bounced,\
Associated Company ID,Associated Company""",
    "hubspot_contacts_2026_view": """\
Record ID,Email,First Name,Last Name,Create Date,Company Name,Job Title,Annual Revenue,Original Source,\
Original Source Drill-Down 1,Original Source Drill-Down 2,First Conversion,First Page Seen,Last Page Seen,\
Product Type,Date of last meeting booked in meetings tool,Number of Associated Deals""",
    "hubspot_contacts_record_id_contact_variant": """\
Record ID - Contact,First Name,Last Name,Email,Phone Number,Contact owner,Last Activity Date,Lead Status,\
Marketing contact status,Create Date,Record ID - Company""",
    "hubspot_deals": """\
Record ID,Deal Name,Amount,Deal Stage,Pipeline,Close Date,Create Date,Deal owner,Associated Company,\
Associated Company IDs,Associated Contact,Associated Contact IDs,Deal Type,Closed Lost Reason,Original Source,\
Last Activity Date""",
    "hubspot_deals_stage_dates": """\
Record ID,Deal Name,Pipeline,Deal Stage,Amount,Create Date,Close Date,Deal owner,\
Date entered "Appointment Scheduled (Sales Pipeline)",Date entered "Qualified To Buy (Sales Pipeline)",\
Date entered "Presentation Scheduled (Sales Pipeline)",Date entered "Decision Maker Bought-In (Sales Pipeline)",\
Date entered "Contract Sent (Sales Pipeline)",Date entered "Closed Won (Sales Pipeline)",\
Date entered "Closed Lost (Sales Pipeline)"\
""",
    "Account": """\
Id,IsDeleted,MasterRecordId,Name,Type,RecordTypeId,ParentId,BillingStreet,BillingCity,BillingState,BillingPostalCode,\
BillingCountry,BillingStateCode,BillingCountryCode,BillingLatitude,BillingLongitude,BillingGeocodeAccuracy,\
ShippingStreet,ShippingCity,ShippingState,ShippingPostalCode,ShippingCountry,ShippingStateCode,ShippingCountryCode,\
ShippingLatitude,ShippingLongitude,ShippingGeocodeAccuracy,Phone,Fax,AccountNumber,Website,Sic,Industry,\
AnnualRevenue,NumberOfEmployees,Ownership,TickerSymbol,Description,Rating,Site,CurrencyIsoCode,OwnerId,CreatedDate,\
CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,LastActivityDate,IsExcludedFromRealign,Jigsaw,\
JigsawCompanyId,AccountSource,SicDesc,OperatingHoursId""",
    "Campaign": """\
Id,IsDeleted,Name,ParentId,Type,Status,StartDate,EndDate,CurrencyIsoCode,ExpectedRevenue,BudgetedCost,ActualCost,\
ExpectedResponse,NumberSent,IsActive,Description,NumberOfLeads,NumberOfConvertedLeads,NumberOfContacts,\
NumberOfResponses,NumberOfOpportunities,NumberOfWonOpportunities,AmountAllOpportunities,AmountWonOpportunities,\
HierarchyNumberOfLeads,HierarchyNumberOfConvertedLeads,HierarchyNumberOfContacts,HierarchyNumberOfResponses,\
HierarchyNumberOfOpportunities,HierarchyNumberOfWonOpportunities,HierarchyAmountAllOpportunities,\
HierarchyAmountWonOpportunities,HierarchyNumberSent,HierarchyExpectedRevenue,HierarchyBudgetedCost,\
HierarchyActualCost,OwnerId,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,\
LastActivityDate,CampaignMemberRecordTypeId""",
    "CampaignMember": """\
Id,IsDeleted,CampaignId,LeadId,ContactId,Status,HasResponded,IsPrimary,CreatedDate,CreatedById,LastModifiedDate,\
LastModifiedById,SystemModstamp,FirstRespondedDate,CurrencyIsoCode""",
    "Contact": """\
Id,IsDeleted,MasterRecordId,AccountId,Salutation,FirstName,LastName,MiddleName,Suffix,RecordTypeId,OtherStreet,\
OtherCity,OtherState,OtherPostalCode,OtherCountry,OtherStateCode,OtherCountryCode,OtherLatitude,OtherLongitude,\
OtherGeocodeAccuracy,MailingStreet,MailingCity,MailingState,MailingPostalCode,MailingCountry,MailingStateCode,\
MailingCountryCode,MailingLatitude,MailingLongitude,MailingGeocodeAccuracy,Phone,Fax,MobilePhone,HomePhone,\
OtherPhone,AssistantPhone,ReportsToId,Email,Title,Department,AssistantName,LeadSource,Birthdate,Description,\
CurrencyIsoCode,OwnerId,HasOptedOutOfEmail,HasOptedOutOfFax,DoNotCall,CreatedDate,CreatedById,LastModifiedDate,\
LastModifiedById,SystemModstamp,LastActivityDate,LastCURequestDate,LastCUUpdateDate,EmailBouncedReason,\
EmailBouncedDate,Jigsaw,JigsawContactId,Pronouns,GenderIdentity""",
    "EmailMessage": """\
Id,ParentId,ActivityId,CreatedById,CreatedDate,LastModifiedDate,LastModifiedById,SystemModstamp,TextBody,HtmlBody,\
Headers,Subject,FromName,FromAddress,ToAddress,CcAddress,BccAddress,Incoming,HasAttachment,Status,MessageDate,\
IsDeleted,MessageSize,ReplyToEmailMessageId,IsPrivateDraft,IsExternallyVisible,MessageIdentifier,ThreadIdentifier,\
ClientThreadIdentifier,IsClientManaged,RelatedToId,IsTracked,FirstOpenedDate,LastOpenedDate,IsBounced,EmailTemplateId""",
    "Event": """\
Id,WhoId,WhatId,WhoCount,WhatCount,Subject,Location,IsAllDayEvent,ActivityDateTime,ActivityDate,DurationInMinutes,\
Description,AccountId,OwnerId,CurrencyIsoCode,Type,IsPrivate,ShowAs,IsDeleted,IsChild,IsGroupEvent,GroupEventType,\
CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,IsArchived,RecurrenceActivityId,\
IsRecurrence,RecurrenceStartDateTime,RecurrenceEndDateOnly,RecurrenceTimeZoneSidKey,RecurrenceType,\
RecurrenceInterval,RecurrenceDayOfWeekMask,RecurrenceDayOfMonth,RecurrenceInstance,RecurrenceMonthOfYear,\
ReminderDateTime,IsReminderSet,ProposedEventTimeframe""",
    "Lead": """\
Id,IsDeleted,MasterRecordId,Salutation,FirstName,LastName,MiddleName,Suffix,RecordTypeId,Title,Company,Street,City,\
State,PostalCode,Country,StateCode,CountryCode,Latitude,Longitude,GeocodeAccuracy,Phone,MobilePhone,Fax,Email,\
Website,Description,LeadSource,Status,Industry,Rating,CurrencyIsoCode,AnnualRevenue,NumberOfEmployees,OwnerId,\
HasOptedOutOfEmail,IsConverted,ConvertedDate,ConvertedAccountId,ConvertedContactId,ConvertedOpportunityId,\
IsUnreadByOwner,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,LastActivityDate,DoNotCall,\
HasOptedOutOfFax,LastTransferDate,Jigsaw,JigsawContactId,EmailBouncedReason,EmailBouncedDate,Pronouns,GenderIdentity""",
    "LeadHistory": """\
Id,IsDeleted,LeadId,CreatedById,CreatedDate,Field,OldValue,NewValue""",
    "Opportunity": """\
Id,IsDeleted,AccountId,IsPrivate,Name,Description,StageName,StageSortOrder,Amount,Probability,ExpectedRevenue,\
TotalOpportunityQuantity,CloseDate,Type,NextStep,LeadSource,IsClosed,IsWon,ForecastCategory,ForecastCategoryName,\
CurrencyIsoCode,CampaignId,HasOpportunityLineItem,Pricebook2Id,OwnerId,Territory2Id,IsExcludedFromTerritory2Filter,\
CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,LastActivityDate,LastStageChangeDate,\
FiscalYear,FiscalQuarter,ContactId,PrimaryPartnerAccountId,SyncedQuoteId,ContractId,LastAmountChangedHistoryId,\
LastCloseDateChangedHistoryId""",
    "OpportunityContactRole": """\
Id,OpportunityId,ContactId,Role,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,IsDeleted,\
CurrencyIsoCode""",
    "OpportunityFieldHistory": """\
Id,IsDeleted,OpportunityId,CreatedById,CreatedDate,Field,DataType,OldValue,NewValue""",
    "OpportunityHistory": """\
Id,OpportunityId,CreatedById,CreatedDate,CreatedDateForInsert,StageName,Amount,ExpectedRevenue,CloseDate,Probability,\
FromForecastCategory,ForecastCategory,PrevForecastUpdate,FromOpportunityStageName,PrevOpportunityStageUpdate,\
CurrencyIsoCode,ValidThroughDate,SystemModstamp,IsDeleted,PrevAmount,PrevCloseDate""",
    "Task": """\
Id,WhoId,WhatId,WhoCount,WhatCount,Subject,ActivityDate,Status,Priority,OwnerId,Description,CurrencyIsoCode,Type,\
IsDeleted,AccountId,IsClosed,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,IsArchived,\
EmailMessageId,ActivityOriginType,CallDurationInSeconds,CallType,CallDisposition,CallObject,ReminderDateTime,\
IsReminderSet,RecurrenceActivityId,IsRecurrence,RecurrenceStartDateOnly,RecurrenceEndDateOnly,\
RecurrenceTimeZoneSidKey,RecurrenceType,RecurrenceInterval,RecurrenceDayOfWeekMask,RecurrenceDayOfMonth,\
RecurrenceInstance,RecurrenceMonthOfYear,RecurrenceRegeneratedType,CompletedDateTime""",
    "User": """\
Id,Username,FirstName,LastName,MiddleName,Suffix,CompanyName,Division,Department,Title,Street,City,State,PostalCode,\
Country,StateCode,CountryCode,Latitude,Longitude,GeocodeAccuracy,Email,SenderEmail,SenderName,Signature,\
StayInTouchSubject,StayInTouchSignature,StayInTouchNote,Phone,Fax,MobilePhone,Alias,CommunityNickname,IsActive,\
IsSystemControlled,TimeZoneSidKey,UserRoleId,LocaleSidKey,ReceivesInfoEmails,ReceivesAdminInfoEmails,\
EmailEncodingKey,DefaultCurrencyIsoCode,CurrencyIsoCode,ProfileId,UserType,UserSubtype,StartDay,EndDay,\
LanguageLocaleKey,EmployeeNumber,DelegatedApproverId,ManagerId,LastLoginDate,LastPasswordChangeDate,CreatedDate,\
CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,NumberOfFailedLogins,SuAccessExpirationDate,\
SuOrgAdminExpirationDate,OfflineTrialExpirationDate,WirelessTrialExpirationDate,OfflinePdaTrialExpirationDate,\
ForecastEnabled,ContactId,AccountId,CallCenterId,Extension,FederationIdentifier,AboutMe,LoginLimit,ProfilePhotoId,\
DigestFrequency,DefaultGroupNotificationFrequency,WorkspaceId,SharingType,ChatterAdoptionStage,\
ChatterAdoptionStageModifiedDate,BannerPhotoId,IsProfilePhotoActive,GlobalIdentity""",
    "salesforce_report_leads": """\
Lead ID,Lead Owner: Manager,Lead Owner,First Name,Last Name,Email,Lead Status,Last Activity,Last Activity Date,Phone,\
Primary Campaign,Campaign Channel,Create Date""",
    "salesforce_report_opportunities": """\
Territory Region,Opportunity Owner,Account Name,Opportunity Name,Stage,Forecast Category,Total Amount Currency,\
Total Amount,Fiscal Period,Close Date,Opportunity Next Steps,Type""",
}


def export(name: str, *rows: Mapping[str, object]) -> str:
    """The file: what a row does not have is what its label makes likely, or empty."""
    labels = HEADERS[name].split(",")
    unknown = {label for row in rows for label in row} - {*labels}
    assert not unknown, f"{name} has no column {unknown}"
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(labels)
    writer.writerows([row.get(label, _anything(label)) for label in labels] for row in rows)
    return text.getvalue()


def _anything(label: str) -> str:
    """A cell of a column that no figure needs."""
    if re.search("date|time|stamp|last|first|recent|next|email|id$", label, re.IGNORECASE):
        return ""
    if re.search("number|revenue|average|sends|count|total|amount|size|minutes|seconds|score", label, re.IGNORECASE):
        return "1"
    return "0" if re.match("Is|Has|DoNot", label) else "any text"
