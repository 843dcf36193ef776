import type { MappedColumn } from '../../nodes/VoisoLeads/fields/columns.ts';

/** How a system that people export leads from names its columns. The guide shows it, and a test maps it. */
export interface Source {
	source: string;
	/** Where its names are documented. */
	page: string;
	/** In the order in which automatic mapping prefers them. */
	phones: readonly string[];
	names?: readonly string[];
	others?: { readonly [column: string]: MappedColumn['field'] };
}

export const sources: readonly Source[] = [
	{
		source: 'ActiveCampaign',
		page: 'https://developers.activecampaign.com/reference/get-contact',
		phones: ['Phone', 'contact.phone'],
		names: ['First Name', 'Last Name', 'contact.firstName', 'contact.lastName'],
	},
	{
		source: 'Airtable',
		page: 'https://airtable.com/developers/web/api/list-records',
		phones: ['fields.Mobile', 'fields.Phone'],
		names: ['fields.Name'],
	},
	{
		source: 'Apollo',
		page: 'https://knowledge.apollo.io/hc/en-us/articles/20336914916365-Follow-Apollo-s-Recommended-Default-Field-Mapping',
		phones: [
			'Mobile Phone',
			'phone_numbers',
			'Work Direct Phone',
			'Home Phone',
			'Other Phone',
			'Corporate Phone',
		],
		names: ['First Name', 'Last Name'],
	},
	{
		source: 'Bitrix24',
		page: 'https://apidocs.bitrix24.com/api-reference/crm/contacts/crm-contact-get.html',
		phones: ['Mobile', 'PHONE', 'Work Phone', 'Home phone'],
		names: ['NAME', 'LAST_NAME', 'First name', 'Last name'],
		others: { Source: 'source_system' },
	},
	{
		source: 'Convoso',
		page: 'https://help.convoso.com/hc/en-us/articles/37895469719579-Lead-Insert-API',
		phones: ['phone_number', 'alt_phone_1', 'alt_phone_2'],
		names: ['first_name', 'last_name'],
		others: { phone_code: 'country_code' },
	},
	{
		source: 'Five9',
		page: 'https://www.powershellgallery.com/packages/PSFive9Admin/1.0.129/Content/Public%5CContacts%5CAdd-Five9ContactRecord.ps1',
		phones: ['number1', 'number2', 'number3'],
		names: ['first_name', 'last_name'],
	},
	{
		source: 'GoHighLevel',
		page: 'https://marketplace.gohighlevel.com/docs/ghl/contacts/create-contact',
		phones: ['Phone', 'contact.phone'],
		names: ['full_name', 'name', 'contactName', 'firstName', 'lastName'],
		others: { source: 'source_system' },
	},
	{
		source: 'Google Contacts',
		page: 'https://support.google.com/contacts/answer/1069522',
		phones: ['phoneNumbers', 'Phone 1 - Value', 'Phone 2 - Value'],
		names: ['Name', 'First Name', 'Given Name', 'Last Name', 'Family Name'],
	},
	{
		source: 'HubSpot',
		page: 'https://knowledge.hubspot.com/properties/hubspots-default-contact-properties',
		phones: [
			'Mobile Phone Number',
			'properties.mobilephone',
			'Phone Number',
			'properties.phone',
			'hs_calculated_phone_number',
			'hs_whatsapp_phone_number',
		],
		names: ['First Name', 'properties.firstname', 'Last Name', 'properties.lastname'],
		others: { 'Original Source': 'source_system' },
	},
	{
		source: 'Mailchimp',
		page: 'https://mailchimp.com/developer/marketing/api/list-members/',
		phones: ['Phone Number', 'merge_fields.PHONE'],
		names: ['First Name', 'merge_fields.FNAME', 'Last Name', 'merge_fields.LNAME'],
	},
	{
		source: 'Meta lead ads',
		page: 'https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving/',
		phones: ['phone_number', 'data.phone_number', 'field_data.phone_number', 'work_phone_number'],
		names: ['full_name', 'vollständiger_name', 'nom_complet', 'first_name', 'last_name'],
	},
	{
		source: 'Outlook',
		page: 'https://www.spstechnical.com/outlook_contacts_schema.htm',
		phones: [
			'Primary Phone',
			'Mobile Phone',
			'Business Phone',
			'Business Phone 2',
			'Home Phone',
			'Other Phone',
			'Company Main Phone',
		],
		names: ['First Name', 'Last Name'],
		others: { Priority: 'priority' },
	},
	{
		source: 'Outlook (Microsoft Graph)',
		page: 'https://learn.microsoft.com/graph/api/resources/contact',
		phones: ['mobilePhone', 'businessPhones', 'homePhones'],
		names: ['displayName', 'givenName', 'surname'],
	},
	{
		source: 'Pipedrive',
		page: 'https://developers.pipedrive.com/docs/api/v1/Persons',
		phones: [
			'Person - Phone - Mobile',
			'Person - Phone',
			'phone',
			'Person - Phone - Work',
			'Person - Phone - Home',
			'Person - Phone - Other',
		],
		names: ['name', 'Person - Name'],
	},
	{
		source: 'Salesforce',
		page: 'https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_lead.htm',
		phones: ['MobilePhone', 'Phone', 'HomePhone', 'OtherPhone'],
		names: ['Name', 'FirstName', 'LastName'],
		others: { LeadSource: 'source_system' },
	},
	{
		source: 'Shopify',
		page: 'https://help.shopify.com/en/manual/fulfillment/managing-orders/exporting-orders',
		phones: [
			'Default Address Phone',
			'Phone',
			'customer.phone',
			'Billing Phone',
			'billing_address.phone',
			'Shipping Phone',
		],
		names: ['Billing Name', 'First Name', 'customer.first_name', 'Last Name'],
	},
	{
		source: 'TikTok lead generation',
		page: 'https://ads.tiktok.com/help/article/leads-center-manage',
		phones: ['Phone number'],
		names: ['Full name', 'Name', 'First name', 'Last name'],
	},
	{
		source: 'Typeform',
		page: 'https://www.typeform.com/developers/webhooks/example-payload/',
		phones: ["What's your phone number?"],
		names: ["What's your full name?", 'First name', 'Last name'],
	},
	{
		source: 'VICIdial',
		page: 'https://www.vicidial.org/docs/NON-AGENT_API.txt',
		phones: ['phone_number', 'alt_phone'],
		names: ['first_name', 'last_name'],
		others: { phone_code: 'country_code' },
	},
	{
		source: 'WooCommerce',
		page: 'https://woocommerce.github.io/woocommerce-rest-api-docs/#order-properties',
		phones: [
			'billing_phone',
			'billing.phone',
			'Phone (Billing)',
			'shipping_phone',
			'shipping.phone',
		],
		names: ['billing_first_name', 'billing.first_name', 'billing_last_name', 'Last Name (Billing)'],
	},
	{
		source: 'Zoho CRM',
		page: 'https://www.zoho.com/crm/developer/docs/api/v8/get-records.html',
		phones: ['Mobile', 'Phone', 'Home Phone', 'Other Phone'],
		names: ['Full_Name', 'First_Name', 'Last_Name'],
		others: { 'Lead Source': 'source_system' },
	},
];
