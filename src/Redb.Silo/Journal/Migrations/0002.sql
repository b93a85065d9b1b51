-- Whether somebody cordoned the group's host: since when, and why.
ALTER TABLE grp ADD COLUMN cordoned_since TEXT;
ALTER TABLE grp ADD COLUMN cordon_reason TEXT;
