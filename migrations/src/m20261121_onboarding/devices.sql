alter table enrolment_keys add column last_used_at {big};
alter table enrolment_keys add column device_id {uuid};
alter table devices add column display_name text;
alter table devices add column note text;
create table device_tags (
  tenant_id {uuid} not null,
  device_id {uuid} not null,
  tag text not null,
  primary key (tenant_id, device_id, tag),
  foreign key (tenant_id, device_id) references devices (tenant_id, id) on delete cascade
);
create index device_tags_by_tag on device_tags (tenant_id, tag, device_id);
create table devices_kept_apart (
  tenant_id {uuid} not null,
  device_id {uuid} not null,
  other_id {uuid} not null,
  kept_at {big} not null,
  primary key (tenant_id, device_id, other_id),
  foreign key (tenant_id, device_id) references devices (tenant_id, id) on delete cascade,
  foreign key (tenant_id, other_id) references devices (tenant_id, id) on delete cascade
);
create table removed_devices (
  tenant_id {uuid} not null,
  enrolment_key_id {uuid} not null,
  foreign_id text not null,
  removed_at {big} not null,
  primary key (tenant_id, enrolment_key_id, foreign_id),
  foreign key (tenant_id, enrolment_key_id) references enrolment_keys (tenant_id, id)
);
create index devices_by_shown_name on devices (tenant_id, (coalesce(display_name, hostname)), id);
create index devices_by_client_and_shown_name on devices (tenant_id, client_id, (coalesce(display_name, hostname)), id);
drop index devices_by_name;
drop index devices_by_client;
create index devices_by_standing on devices (tenant_id, standing, hostname, id);
