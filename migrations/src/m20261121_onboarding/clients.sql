alter table clients add column archived_at {big};
alter table sites add column archived_at {big};
