/** The template that changes a service, where nothing else is configured. */
export const CHANGE_TEMPLATE = 'template:default/change-pd-service';
