/*
 * The statements of Thalweg. Queries and expressions are not parsed here: they are runs of tokens, found by where they
 * begin and end, and their text goes to the planner's own parser.
 *
 * Rules that keep this grammar fast and its errors exact:
 * - A query is always the last thing in a statement and begins with a reserved word, so that it needs no lookahead.
 *   That its brackets match is checked before parsing.
 * - A decision needs one token of lookahead, two where a word may be a keyword or a name.
 * - Every keyword that could be the name of something is listed in `nonReserved`.
 *
 * The lexer reads characters outside ASCII as one of two stand-ins: U+0001 for a letter or a digit, U+0002 for anything
 * else (see StatementCharStream).
 */
grammar ThalwegStatement;

options { caseInsensitive = true; }

singleStatement
    : statement SEMICOLON* EOF
    ;

statement
    : createStatement
    | dropStatement
    | alterStatement
    | truncateStatement
    | insertStatement
    | updateStatement
    | deleteStatement
    | copyStatement
    | showStatement
    | describeStatement
    | explainStatement
    | setStatement
    | resetStatement
    | controlQueryStatement
    | useStatement
    | transactionStatement
    | queryStatement
    ;

queryStatement
    : query
    ;

// CREATE ------------------------------------------------------------------------------------------------------------

createStatement
    : CREATE orReplace? (createRelation | createView | createMaterializedView | createFunction)
    ;

orReplace
    : OR REPLACE
    ;

ifNotExists
    : IF NOT EXISTS
    ;

createRelation
    : (STREAM | TABLE) ifNotExists? qualifiedName (relationElements storageClause* | storageClause* AS query)
    ;

createView
    : VIEW ifNotExists? qualifiedName nameList? commentClause? AS query
    ;

createMaterializedView
    : MATERIALIZED VIEW ifNotExists? qualifiedName nameList? storageClause* AS query
    ;

createFunction
    : FUNCTION ifNotExists? qualifiedName AS STRING (LANGUAGE JAVA)? USING JAR STRING (NOT? DETERMINISTIC)?
    ;

relationElements
    : LEFT_PAREN relationElement (COMMA relationElement)* RIGHT_PAREN
    ;

relationElement
    : watermark
    | primaryKey
    | column
    ;

watermark
    : WATERMARK FOR identifier AS expression
    ;

primaryKey
    : (CONSTRAINT identifier)? PRIMARY KEY nameList notEnforced?
    ;

notEnforced
    : NOT ENFORCED
    ;

column
    : identifier (AS expression commentClause? | type columnClause*)
    ;

columnClause
    : nullability                                                                               # columnNullability
    | PRIMARY KEY notEnforced?                                                                  # columnPrimaryKey
    | DEFAULT expression                                                                        # columnDefault
    | METADATA (FROM STRING)? VIRTUAL?                                                          # columnMetadata
    | GENERATED ALWAYS AS LEFT_PAREN expression RIGHT_PAREN (VIRTUAL | STORED)?                 # columnGenerated
    | commentClause                                                                             # columnComment
    ;

nullability
    : NOT NULL
    | NULL
    ;

storageClause
    : commentClause                                                                             # storageComment
    | distribution                                                                              # storageDistribution
    | WITH optionList                                                                              # storageOptions
    ;

commentClause
    : COMMENT STRING
    ;

distribution
    : DISTRIBUTED BY HASH? nameList (INTO INTEGER (PARTITIONS | BUCKETS))?
    | INTO INTEGER (PARTITIONS | BUCKETS)
    ;

optionList
    : LEFT_PAREN option (COMMA option)* RIGHT_PAREN
    ;

option
    : optionName EQUAL literal
    ;

// Types -------------------------------------------------------------------------------------------------------------

type
    : type ARRAY                                                                                # arrayType
    | ARRAY LESS elementType GREATER                                                            # collectionType
    | MAP LESS elementType COMMA elementType GREATER                                            # collectionType
    | (ROW | STRUCT) (LESS rowField (COMMA rowField)* GREATER
          | LEFT_PAREN rowField (COMMA rowField)* RIGHT_PAREN)                                  # rowType
    | DOUBLE PRECISION?                                                                         # atomicType
    | CHARACTER VARYING? typeArguments?                                                         # atomicType
    | (TIME | TIMESTAMP) typeArguments? ((WITH LOCAL | WITHOUT) TIME ZONE)?                     # atomicType
    | IDENTIFIER typeArguments?                                                                 # atomicType
    ;

elementType
    : type nullability?
    ;

rowField
    : identifier elementType
    ;

typeArguments
    : LEFT_PAREN INTEGER (COMMA INTEGER)* RIGHT_PAREN
    ;

// Changing and removing objects ---------------------------------------------------------------------------------------

dropStatement
    : DROP (objectKind ifExists? qualifiedName (CASCADE | RESTRICT)? | QUERY ifExists? qualifiedName
      | FUNCTION ifExists? qualifiedName (CASCADE | RESTRICT)?)
    ;

ifExists
    : IF EXISTS
    ;

objectKind
    : STREAM
    | TABLE
    | VIEW
    | MATERIALIZED VIEW
    ;

alterStatement
    : ALTER objectKind qualifiedName
      (ADD (addPartitions | COLUMN? column) | SET optionList | RESET optionNames | renaming | partitionChange)
    ;

renaming
    : RENAME (COLUMN identifier)? TO identifier
    ;

optionNames
    : LEFT_PAREN optionName (COMMA optionName)* RIGHT_PAREN
    ;

optionName
    : STRING
    | qualifiedName
    ;

addPartitions
    : PARTITIONS INTEGER
    ;

partitionChange
    : SPLIT PARTITION INTEGER (AT STRING)?                                                      # splitPartition
    | MERGE PARTITIONS INTEGER COMMA INTEGER                                                    # mergePartitions
    ;

truncateStatement
    : TRUNCATE objectKind qualifiedName truncatePartition? truncateBound?
    ;

truncatePartition
    : PARTITION INTEGER
    ;

truncateBound
    : BEFORE (OFFSET INTEGER | TIMESTAMP STRING)
    ;

controlQueryStatement
    : (PAUSE | RESUME) QUERY qualifiedName
    | TERMINATE QUERY? qualifiedName
    ;

// Rows --------------------------------------------------------------------------------------------------------------

insertStatement
    : INSERT INTO qualifiedName nameList? query
    ;

updateStatement
    : UPDATE qualifiedName alias? SET ~SEMICOLON+
    ;

deleteStatement
    : DELETE FROM qualifiedName alias? (WHERE ~SEMICOLON+)?
    ;

alias
    : AS? identifier
    ;

copyStatement
    : COPY (LEFT_PAREN copyQuery RIGHT_PAREN TO | qualifiedName nameList? (FROM | TO)) STRING (WITH? optionList)?
    ;

// The only query that is not the last thing in its statement: it ends with its bracket.
copyQuery
    : (SELECT | WITH | VALUES | TABLE | bracketed) inBrackets*
    ;

// Looking -----------------------------------------------------------------------------------------------------------

showStatement
    : SHOW showTarget ((OF | FROM | IN) qualifiedName)? (LIKE STRING)?                          # showObjects
    | SHOW CREATE objectKind? qualifiedName                                                     # showCreate
    | SHOW qualifiedName                                                                        # showSetting
    ;

showTarget
    : STREAMS
    | TABLES
    | VIEWS
    | MATERIALIZED VIEWS
    | QUERIES
    | PARTITIONS
    | SCHEMAS
    | FUNCTIONS
    | SETTINGS
    | ALL
    ;

describeStatement
    : (DESCRIBE | DESC) objectKind? qualifiedName
    ;

explainStatement
    : EXPLAIN (LOGICAL | PHYSICAL | STAGES | STATE)? (PLAN FOR)? explainable
    ;

// Not any statement: EXPLAIN EXPLAIN … would nest without a bracket.
explainable
    : queryStatement
    | createStatement
    | insertStatement
    | updateStatement
    | deleteStatement
    ;

// The session -------------------------------------------------------------------------------------------------------

setStatement
    : SET (SESSION | LOCAL)? qualifiedName (EQUAL | TO) (DEFAULT | literal)
    ;

resetStatement
    : RESET (ALL | qualifiedName)
    ;

useStatement
    : USE SCHEMA? qualifiedName
    ;

transactionStatement
    : BEGIN (WORK | TRANSACTION)?
    | START TRANSACTION
    | COMMIT (WORK | TRANSACTION)?
    | ROLLBACK (WORK | TRANSACTION)?
    ;

// Text that is passed on --------------------------------------------------------------------------------------------

query
    : LEFT_PAREN* (SELECT | WITH | VALUES | TABLE) ~SEMICOLON*
    ;

// Ends as soon as what follows can be read as the rest of the statement: DEFAULT 0 NOT NULL is a default and a
// constraint. IS [NOT] NULL is kept whole, so that its NOT NULL is not taken for one.
expression
    : (IS NOT? NULL? | bracketed | ~(LEFT_PAREN | RIGHT_PAREN | LEFT_SQUARE | RIGHT_SQUARE | LEFT_BRACE | RIGHT_BRACE
          | CASE | END | IS | COMMA | SEMICOLON))+?
    ;

bracketed
    : LEFT_PAREN inBrackets* RIGHT_PAREN
    | LEFT_SQUARE inBrackets* RIGHT_SQUARE
    | LEFT_BRACE inBrackets* RIGHT_BRACE
    | CASE inBrackets* END
    ;

inBrackets
    : bracketed
    | ~(LEFT_PAREN | RIGHT_PAREN | LEFT_SQUARE | RIGHT_SQUARE | LEFT_BRACE | RIGHT_BRACE | CASE | END | SEMICOLON)
    ;

// Names and literals ------------------------------------------------------------------------------------------------

literal
    : STRING
    | MINUS? (INTEGER | DECIMAL)
    | TRUE
    | FALSE
    | identifier
    ;

nameList
    : LEFT_PAREN identifier (COMMA identifier)* RIGHT_PAREN
    ;

qualifiedName
    : identifier (DOT identifier)*
    ;

identifier
    : IDENTIFIER
    | QUOTED_IDENTIFIER
    | nonReserved
    ;

nonReserved
    : ADD | ALL | ALWAYS | AT | BEFORE | BEGIN | BUCKETS | CASCADE | CHANGES | CHARACTER | CLOSE | COMMENT | COMMIT | COPY | DESC
    | DETERMINISTIC | DISTRIBUTED | DOUBLE | EMIT | ENFORCED | FINAL | FUNCTION | FUNCTIONS | GENERATED | HASH | IF | JAR | JAVA | KEY
    | LANGUAGE | LOCAL | LOGICAL | MAP
    | MATERIALIZED | MERGE | METADATA | OF | OFFSET | ON | PARTITION | PARTITIONS | PAUSE | PHYSICAL | PLAN | PRECISION
    | QUERIES | QUERY | RENAME | REPLACE | RESET | RESTRICT | RESUME | ROLLBACK | ROW | SCHEMA | SCHEMAS | SESSION | SETTINGS
    | SHOW | SPLIT | STAGES | START | STATE | STORED | STREAM | STREAMS | STRUCT | TABLES | TERMINATE | TIME | TIMESTAMP | TRANSACTION
    | TRUNCATE | USE | VARYING | VIEW | VIEWS
    | VIRTUAL | WATERMARK | WINDOW | WORK | ZONE
    ;

// Words -------------------------------------------------------------------------------------------------------------

ADD: 'ADD';
ALL: 'ALL';
ALTER: 'ALTER';
ALWAYS: 'ALWAYS';
ARRAY: 'ARRAY';
AS: 'AS';
AT: 'AT';
BEFORE: 'BEFORE';
BEGIN: 'BEGIN';
BUCKETS: 'BUCKETS';
BY: 'BY';
CASCADE: 'CASCADE';
CASE: 'CASE';
CHANGES: 'CHANGES';
CHARACTER: 'CHARACTER';
CHECK: 'CHECK';
CLOSE: 'CLOSE';
COLUMN: 'COLUMN';
COMMENT: 'COMMENT';
COMMIT: 'COMMIT';
CONSTRAINT: 'CONSTRAINT';
COPY: 'COPY';
CREATE: 'CREATE';
DEFAULT: 'DEFAULT';
DELETE: 'DELETE';
DESC: 'DESC';
DESCRIBE: 'DESCRIBE';
DETERMINISTIC: 'DETERMINISTIC';
DISTRIBUTED: 'DISTRIBUTED';
DOUBLE: 'DOUBLE';
DROP: 'DROP';
EMIT: 'EMIT';
END: 'END';
ENFORCED: 'ENFORCED';
EXISTS: 'EXISTS';
EXPLAIN: 'EXPLAIN';
FALSE: 'FALSE';
FINAL: 'FINAL';
FOR: 'FOR';
FOREIGN: 'FOREIGN';
FROM: 'FROM';
FUNCTION: 'FUNCTION';
FUNCTIONS: 'FUNCTIONS';
GENERATED: 'GENERATED';
HASH: 'HASH';
IF: 'IF';
IN: 'IN';
INSERT: 'INSERT';
INTO: 'INTO';
IS: 'IS';
JAR: 'JAR';
JAVA: 'JAVA';
KEY: 'KEY';
LANGUAGE: 'LANGUAGE';
LIKE: 'LIKE';
LOCAL: 'LOCAL';
LOGICAL: 'LOGICAL';
MAP: 'MAP';
MATERIALIZED: 'MATERIALIZED';
MERGE: 'MERGE';
METADATA: 'METADATA';
NOT: 'NOT';
NULL: 'NULL';
OF: 'OF';
OFFSET: 'OFFSET';
ON: 'ON';
OR: 'OR';
PARTITION: 'PARTITION';
PARTITIONS: 'PARTITIONS';
PAUSE: 'PAUSE';
PHYSICAL: 'PHYSICAL';
PLAN: 'PLAN';
PRECISION: 'PRECISION';
PRIMARY: 'PRIMARY';
QUERIES: 'QUERIES';
QUERY: 'QUERY';
REFERENCES: 'REFERENCES';
RENAME: 'RENAME';
REPLACE: 'REPLACE';
RESET: 'RESET';
RESTRICT: 'RESTRICT';
RESUME: 'RESUME';
ROLLBACK: 'ROLLBACK';
ROW: 'ROW';
SCHEMA: 'SCHEMA';
SCHEMAS: 'SCHEMAS';
SELECT: 'SELECT';
SESSION: 'SESSION';
SET: 'SET';
SETTINGS: 'SETTINGS';
SHOW: 'SHOW';
SPLIT: 'SPLIT';
STAGES: 'STAGES';
START: 'START';
STATE: 'STATE';
STORED: 'STORED';
STREAM: 'STREAM';
STREAMS: 'STREAMS';
STRUCT: 'STRUCT';
TABLE: 'TABLE';
TABLES: 'TABLES';
TERMINATE: 'TERMINATE';
TIME: 'TIME';
TIMESTAMP: 'TIMESTAMP';
TO: 'TO';
TRANSACTION: 'TRANSACTION';
TRUE: 'TRUE';
TRUNCATE: 'TRUNCATE';
UNIQUE: 'UNIQUE';
UPDATE: 'UPDATE';
USE: 'USE';
USING: 'USING';
VALUES: 'VALUES';
VARYING: 'VARYING';
VIEW: 'VIEW';
VIEWS: 'VIEWS';
VIRTUAL: 'VIRTUAL';
WATERMARK: 'WATERMARK';
WHERE: 'WHERE';
WINDOW: 'WINDOW';
WITH: 'WITH';
WITHOUT: 'WITHOUT';
WORK: 'WORK';
ZONE: 'ZONE';

// Symbols -----------------------------------------------------------------------------------------------------------

LEFT_PAREN: '(';
RIGHT_PAREN: ')';
LEFT_SQUARE: '[';
RIGHT_SQUARE: ']';
LEFT_BRACE: '{';
RIGHT_BRACE: '}';
SEMICOLON: ';';
COMMA: ',';
DOT: '.';
EQUAL: '=';
LESS: '<';
GREATER: '>';
PLUS: '+';
MINUS: '-';
OPERATOR: '<=' | '>=' | '<>' | '!=' | '=>' | '->' | '||' | [*/%?:|^&~@!$#\\];

// Values ------------------------------------------------------------------------------------------------------------

STRING: '\'' (~'\'' | '\'\'')* '\'';
QUOTED_IDENTIFIER: '"' (~'"' | '""')* '"';
INTEGER: DIGIT+;
DECIMAL: (DIGIT+ '.' DIGIT* | '.' DIGIT+) EXPONENT? | DIGIT+ EXPONENT;
IDENTIFIER: LETTER (LETTER | DIGIT | '$')*;

// What is skipped ---------------------------------------------------------------------------------------------------

WHITESPACE: [ \t\r\n\f]+ -> skip;
LINE_COMMENT: '--' ~[\r\n]* -> skip;
// Comments do not nest, as they do not for the planner's parser.
BLOCK_COMMENT: '/*' COMMENT_PART* '*'+ '/' -> skip;

// What is refused before parsing --------------------------------------------------------------------------------------

UNTERMINATED_STRING: '\'' (~'\'' | '\'\'')*;
UNTERMINATED_IDENTIFIER: '"' (~'"' | '""')*;
UNTERMINATED_COMMENT: '/*' COMMENT_PART* '*'*;
// The planner's parser takes // for a comment; here it would not be one.
UNRECOGNIZED: '//' | .;

fragment COMMENT_PART: ~'*' | '*'+ ~[*/];
fragment DIGIT: [0-9];
fragment LETTER: [a-z_\u0001];
fragment EXPONENT: 'E' [+-]? DIGIT+;
