-- What the method of an attempt does not say: that its picture does not move, and the second factor, where it was a
-- right one. Null at events of before, and of other attempts (decision record 0031).
set local search_path = claviger, pg_catalog;

alter table activity_events
  add column is_static boolean,
  add column second_method text;
