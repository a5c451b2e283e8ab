-- The default of every row of the register. PostgreSQL puts the body of a STABLE function in place of the call only where nothing in it is
-- VOLATILE, as clock_timestamp() is: else it begins the function anew for each row, ten times for each plan of an import. Within a
-- statement the time stands still now, where no moment has begun.
CREATE OR REPLACE FUNCTION "register_moment"() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(current_setting('thac.moment', true), '')::timestamptz, date_trunc('milliseconds', statement_timestamp()))
$$;
