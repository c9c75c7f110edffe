create table one_time_links (
  tenant_id {uuid} not null,
  id {uuid} not null,
  person_id {uuid} not null,
  secret_hash {bytes} not null,
  created_at {big} not null,
  expires_at {big} not null,
  used_at {big},
  primary key (tenant_id, id),
  unique (tenant_id, secret_hash),
  foreign key (tenant_id, person_id) references people (tenant_id, id) on delete cascade
);
create index one_time_links_of_person on one_time_links (tenant_id, person_id);
alter table people add column signed_in_at {big};
