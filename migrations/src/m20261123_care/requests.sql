create table request_totals (
  tenant_id {uuid} not null references tenants (id),
  last_number {big} not null,
  bytes {big} not null,
  primary key (tenant_id)
);
create table requests (
  tenant_id {uuid} not null,
  id {uuid} not null,
  number {big} not null,
  client_id {uuid} not null,
  device_id {uuid},
  device_name text,
  subject text not null,
  search text not null,
  state text not null,
  priority text not null,
  made_by {uuid},
  made_by_name text not null,
  assigned_to {uuid},
  opened_at {big} not null,
  state_at {big} not null,
  changed_at {big} not null,
  public_at {big} not null,
  revision {big} not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, client_id) references clients (tenant_id, id),
  foreign key (tenant_id, assigned_to) references people (tenant_id, id)
);
create unique index requests_by_number on requests (tenant_id, number);
create index requests_by_change on requests (tenant_id, changed_at, id);
create index requests_by_state on requests (tenant_id, state, changed_at, id);
create index requests_by_client on requests (tenant_id, client_id, public_at, id);
create index requests_by_assigned on requests (tenant_id, assigned_to, changed_at, id);
create table request_messages (
  tenant_id {uuid} not null,
  id {uuid} not null,
  request_id {uuid} not null,
  client_id {uuid} not null,
  kind text not null,
  side text not null,
  author_id {uuid},
  author_name text not null,
  at {big} not null,
  body text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, request_id) references requests (tenant_id, id) on delete cascade,
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create index request_messages_of_request on request_messages (tenant_id, request_id, at, id);
create table request_files (
  tenant_id {uuid} not null,
  id {uuid} not null,
  message_id {uuid} not null,
  request_id {uuid} not null,
  client_id {uuid} not null,
  internal boolean not null,
  name text not null,
  kind text not null,
  size {big} not null,
  bytes {bytes} not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, message_id) references request_messages (tenant_id, id) on delete cascade,
  foreign key (tenant_id, request_id) references requests (tenant_id, id) on delete cascade,
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create index request_files_of_request on request_files (tenant_id, request_id, id);
create index request_files_of_message on request_files (tenant_id, message_id, id);
create index request_files_of_client on request_files (tenant_id, client_id, size);
create table approvals (
  tenant_id {uuid} not null,
  id {uuid} not null,
  client_id {uuid} not null,
  kind text not null,
  subject text not null,
  title text not null,
  body text not null,
  asked_by {uuid},
  asked_by_name text not null,
  asked_at {big} not null,
  expires_at {big} not null,
  state text not null,
  decided_by {uuid},
  decided_by_name text,
  decided_at {big},
  note text,
  revision {big} not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create index approvals_by_state on approvals (tenant_id, state, asked_at, id);
create index approvals_by_client on approvals (tenant_id, client_id, state, asked_at, id);
create index approvals_of_subject on approvals (tenant_id, kind, subject);
create index approvals_by_asked on approvals (tenant_id, asked_at, id);
