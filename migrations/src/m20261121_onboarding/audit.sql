alter table audit_entries add column client_id {uuid};
alter table audit_entries add column object_name text;
alter table audit_entries add column old text;
alter table audit_entries add column new text;
create index audit_entries_of_object on audit_entries (tenant_id, object_kind, object_id, at, id);
create index audit_entries_of_actor on audit_entries (tenant_id, actor_id, at, id);
create index audit_entries_of_client on audit_entries (tenant_id, client_id, at, id);
