CREATE TABLE region (r_regionkey INT NOT NULL, r_name VARCHAR NOT NULL, PRIMARY KEY (r_regionkey));
CREATE TABLE nation (n_nationkey INT NOT NULL, n_name VARCHAR NOT NULL, n_regionkey INT NOT NULL, PRIMARY KEY (n_nationkey));
CREATE TABLE supplier (s_suppkey INT NOT NULL, s_name VARCHAR NOT NULL, s_nationkey INT NOT NULL, s_phone VARCHAR NOT NULL,
  s_acctbal DECIMAL(12, 2) NOT NULL, s_comment VARCHAR NOT NULL, PRIMARY KEY (s_suppkey));
CREATE TABLE part (p_partkey INT NOT NULL, p_name VARCHAR NOT NULL, p_mfgr VARCHAR NOT NULL, p_brand VARCHAR NOT NULL,
  p_type VARCHAR NOT NULL, p_size INT NOT NULL, p_container VARCHAR NOT NULL, PRIMARY KEY (p_partkey));
CREATE TABLE partsupp (ps_partkey INT NOT NULL, ps_suppkey INT NOT NULL, ps_availqty INT NOT NULL,
  ps_supplycost DECIMAL(12, 2) NOT NULL, PRIMARY KEY (ps_partkey, ps_suppkey));
CREATE TABLE customer (c_custkey INT NOT NULL, c_name VARCHAR NOT NULL, c_nationkey INT NOT NULL, c_phone VARCHAR NOT NULL,
  c_acctbal DECIMAL(12, 2) NOT NULL, c_mktsegment VARCHAR NOT NULL, PRIMARY KEY (c_custkey));
CREATE TABLE orders (o_orderkey INT NOT NULL, o_custkey INT NOT NULL, o_orderstatus CHAR(1) NOT NULL,
  o_totalprice DECIMAL(12, 2) NOT NULL, o_orderdate DATE NOT NULL, o_orderpriority VARCHAR NOT NULL,
  o_shippriority INT NOT NULL, o_comment VARCHAR NOT NULL, PRIMARY KEY (o_orderkey));
CREATE TABLE lineitem (l_orderkey INT NOT NULL, l_partkey INT NOT NULL, l_suppkey INT NOT NULL, l_linenumber INT NOT NULL,
  l_quantity DECIMAL(12, 2) NOT NULL, l_extendedprice DECIMAL(12, 2) NOT NULL, l_discount DECIMAL(12, 2) NOT NULL,
  l_tax DECIMAL(12, 2) NOT NULL, l_returnflag CHAR(1) NOT NULL, l_linestatus CHAR(1) NOT NULL, l_shipdate DATE NOT NULL,
  l_commitdate DATE NOT NULL, l_receiptdate DATE NOT NULL, l_shipmode VARCHAR NOT NULL,
  PRIMARY KEY (l_orderkey, l_linenumber));
