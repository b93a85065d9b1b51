-- What the supervisor itself needs, under the names that PostgreSQL has for it.

CREATE TABLE localidentity
(
    identity_id INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE nodes
(
    node_id INTEGER PRIMARY KEY,
    node_name TEXT NOT NULL,
    node_description TEXT NOT NULL,
    node_public_key BLOB NOT NULL,
    node_platform TEXT NOT NULL,
    node_version TEXT NOT NULL,
    ip_address TEXT NOT NULL,
    port INTEGER NOT NULL,
    status TEXT NOT NULL,
    created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

CREATE TABLE mesh
(
    mesh_id INTEGER PRIMARY KEY,
    mesh_name TEXT NOT NULL UNIQUE,
    created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

CREATE TABLE tenants
(
    tenant_id TEXT PRIMARY KEY,
    tenant_name TEXT NOT NULL UNIQUE,
    tenant_description TEXT NOT NULL,
    tenant_url TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
