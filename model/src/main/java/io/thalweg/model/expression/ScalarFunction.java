package io.thalweg.model.expression;

/**
 * The functions an expression may call; the runtime implements each, the planner produces no other. The names are part
 * of the stored plan and never change. Unless said otherwise a function is strict: NULL in, NULL out. The planner makes
 * argument types meet the signature by CAST; the result has the type of the call.
 */
public enum ScalarFunction {
    // Arithmetic. Both arguments have the type of the result, but for DECIMAL, where they keep their own precision and
    // scale and the call's type tells the result's. Overflow is NUMERIC_VALUE_OUT_OF_RANGE, x / 0 and MOD(x, 0) are
    // DIVISION_BY_ZERO for exact types; for REAL and DOUBLE division by zero is an error too. Integer division
    // truncates towards zero. A DECIMAL result is rounded half up (away from zero) to its scale.
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    MODULO,
    NEGATE,
    ABSOLUTE,
    SIGN,

    // Comparison. Both arguments have the same type name; DECIMALs may differ in precision and scale. Text compares by
    // code point (UTF-8 byte order); CHAR is compared without trailing spaces. NaN equals NaN and is above all numbers;
    // -0.0 equals 0.0.
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    /** Never NULL: NULL is distinct from every value and not from NULL. */
    IS_DISTINCT_FROM,
    IS_NOT_DISTINCT_FROM,
    /** IN over literals: first argument, then the list; three-valued as in SQL. */
    IN,

    // Logic, three-valued. AND and OR take two or more arguments and stop at the first that decides.
    AND,
    OR,
    NOT,
    IS_NULL,
    IS_NOT_NULL,
    IS_TRUE,
    IS_NOT_TRUE,
    IS_FALSE,
    IS_NOT_FALSE,

    // Conditional. All results have the type of the call; only the chosen branch is evaluated.
    /** condition, value, condition, value, ..., value of ELSE (always there). */
    CASE,
    COALESCE,
    /** The greatest of the non-NULL arguments; NULL if all are. */
    GREATEST,
    LEAST,

    // Conversion.
    /** Fails with CAST_FAILURE, NUMERIC_VALUE_OUT_OF_RANGE, STRING_TOO_LONG or DATETIME_FORMAT. */
    CAST,
    /** NULL where CAST fails. */
    TRY_CAST,

    // Numbers.
    /** DOUBLE in, DOUBLE out. */
    POWER,
    SQUARE_ROOT,
    EXPONENTIAL,
    LOGARITHM_NATURAL,
    LOGARITHM_10,
    SINE,
    COSINE,
    TANGENT,
    ARC_SINE,
    ARC_COSINE,
    ARC_TANGENT,
    /** Two arguments: y, x. */
    ARC_TANGENT_2,
    DEGREES,
    RADIANS,
    HYPERBOLIC_SINE,
    HYPERBOLIC_COSINE,
    HYPERBOLIC_TANGENT,
    AREA_SINE,
    AREA_COSINE,
    AREA_TANGENT,
    CUBE_ROOT,
    LOGARITHM_2,
    /** BIGINTs; the result is not negative. */
    GREATEST_COMMON_DIVISOR,
    LEAST_COMMON_MULTIPLE,
    /** BIGINT from 0 to 20; BIGINT. */
    FACTORIAL,
    /** DOUBLE value, lower and upper bound, BIGINT number of buckets; BIGINT: 0 below the first, one more than the last above it. */
    WIDTH_BUCKET,
    /** BIGINTs, bit by bit. */
    BITS_AND,
    BITS_OR,
    BITS_XOR,
    BITS_NOT,
    /** BIGINT, BIGINT number of places; what is shifted out is lost, and a negative number shifts the other way. */
    SHIFT_LEFT,
    SHIFT_RIGHT,
    /** BIGINT, INTEGER base from 2 to 36; text. */
    DIGITS_IN_BASE,
    /** text, INTEGER base from 2 to 36; BIGINT. */
    NUMBER_IN_BASE,
    /** BIGINT; how many bits are set. */
    BIT_COUNT,
    /** Numeric to the same type. */
    FLOOR,
    CEILING,
    /** Numeric, INTEGER digits: half away from zero. */
    ROUND,
    /** Numeric, INTEGER digits: towards zero. */
    TRUNCATE,

    // Text. Positions count from 1 in code points. The first argument may be VARCHAR or CHAR.
    CONCATENATE,
    UPPER,
    LOWER,
    INITIAL_CAPITALS,
    CHARACTER_LENGTH,
    OCTET_LENGTH,
    /** text or VARBINARY, start, and optionally length; standard SQL rules for positions outside the text. */
    SUBSTRING,
    /** what to look for, text; 0 if absent; optionally the position to start from. */
    POSITION,
    /** text, characters to trim (a set in the case of more than one). */
    TRIM_BOTH,
    TRIM_LEADING,
    TRIM_TRAILING,
    REPLACE,
    /** text, replacement, start, and optionally length. */
    OVERLAY,
    LEFT,
    RIGHT,
    REVERSE,
    REPEAT,
    PAD_LEFT,
    PAD_RIGHT,
    ASCII,
    CHARACTER,
    STARTS_WITH,
    ENDS_WITH,
    CONTAINS,
    /** text, separator, number of the part from 1; empty text if there is none (PostgreSQL's SPLIT_PART). */
    SPLIT_PART,
    /** text, separator, index of the part from 0; NULL if there is none (Flink's SPLIT_INDEX). */
    SPLIT_INDEX,
    /** text, pattern, and optionally the escape character: % and _. */
    LIKE,
    /** LIKE without regard to case. */
    LIKE_IGNORE_CASE,
    /** text, characters to look for, characters to put in their place; one without a counterpart is left out. */
    TRANSLATE,
    /** text; the American Soundex code of its ASCII letters. */
    SOUNDEX,
    /** Two texts; how many characters have to be changed, inserted or left out. */
    LEVENSHTEIN,
    /** text or VARBINARY; text. */
    TO_BASE64,
    /** text; VARBINARY. */
    FROM_BASE64,
    /** text as the value of a form, spaces as +. */
    URL_ENCODE,
    URL_DECODE,
    /** hexadecimal text; VARBINARY. */
    UNHEX,
    // Regular expressions take time in proportion to the text.
    /** text, pattern: whether a part of the text matches. */
    REGEX_MATCHES,
    /** text, SQL's own pattern, optionally the escape character: whether the whole text matches. */
    SIMILAR,
    /** text, pattern, INTEGER group: the first match, or the group of it; NULL if there is none. */
    REGEX_EXTRACT,
    /** text, pattern, replacement for each match, in which $1 or \\1 is a group. */
    REGEX_REPLACE,
    /** text, pattern: INTEGER number of matches. */
    REGEX_COUNT,
    /** text, pattern: INTEGER position of the first match, 0 if there is none. */
    REGEX_POSITION,
    /** text, pattern, INTEGER group: the group of each match; VARCHAR array. */
    REGEX_EXTRACT_ALL,
    /** text, pattern: the parts between matches that are not empty; VARCHAR array. */
    REGEX_SPLIT,
    /** text, separator, INTEGER count: what is before so many separators, or behind so many from the end if negative. */
    SUBSTRING_INDEX,
    /** text, Unicode normal form as literal: NFC, NFD, NFKC or NFKD. */
    NORMALIZE,
    /** text; the same bytes as VARBINARY. */
    UTF8_ENCODE,
    /** VARBINARY; text. An error if it is not UTF-8. */
    UTF8_DECODE,
    /** text, the part of a URL as literal, perhaps the name of a parameter: the part, NULL if there is none. */
    URL_PART,
    MD5,
    SHA1,
    SHA256,
    SHA512,
    /** text or VARBINARY; BIGINT. */
    CRC32,
    /** VARBINARY or text to hexadecimal text. */
    HEXADECIMAL,

    // Date and time. A unit is a VARCHAR literal: YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND,
    // MICROSECOND, and for EXTRACT also DOW (1 = Sunday), ISODOW (1 = Monday), DOY, EPOCH, ISOYEAR, DECADE, CENTURY,
    // MILLENNIUM. Fields of TIMESTAMP WITH LOCAL TIME ZONE are taken in UTC.
    /** unit, value; BIGINT. */
    EXTRACT,
    /** unit, DATE or TIMESTAMP: down to the start of the unit; weeks start on Monday. */
    FLOOR_DATETIME,
    CEILING_DATETIME,
    /** DATE, TIME or TIMESTAMP, and an interval; days of a month are clipped to its end. */
    ADD_INTERVAL,
    /** Two values of one date-time type; INTERVAL_MICROS. */
    SUBTRACT_DATETIME,
    /** unit, from, to: whole units between; INTEGER or BIGINT by the call's type. */
    DATETIME_DIFFERENCE,
    /** interval, BIGINT or DOUBLE; the interval. */
    MULTIPLY_INTERVAL,
    DIVIDE_INTERVAL,
    /** TIMESTAMP, Java DateTimeFormatter pattern as literal; VARCHAR. */
    DATE_FORMAT,
    /** text, Java DateTimeFormatter pattern as literal; TIMESTAMP. */
    PARSE_TIMESTAMP,
    /** BIGINT milliseconds since 1970; TIMESTAMP. */
    TIMESTAMP_FROM_MILLIS,
    /** TIMESTAMP; BIGINT milliseconds since 1970, rounded down. */
    MILLIS_FROM_TIMESTAMP,
    /** BIGINT seconds or microseconds since 1970; TIMESTAMP. */
    TIMESTAMP_FROM_SECONDS,
    TIMESTAMP_FROM_MICROS,
    /** DATE; the last day of its month. */
    LAST_DAY,
    /** DATE; text in English. */
    DAY_NAME,
    MONTH_NAME,
    /** INTEGER year, month, day; DATE. */
    MAKE_DATE,
    /** INTEGER hour, minute, DOUBLE second; TIME. */
    MAKE_TIME,
    /** INTEGER year, month, day, hour, minute, DOUBLE second; TIMESTAMP. */
    MAKE_TIMESTAMP,
    /** TIMESTAMP to, TIMESTAMP from: months as DOUBLE, the rest in parts of 31 days. */
    MONTHS_BETWEEN,
    /** TIMESTAMP, the zone it is the local time of, another zone: the local time there. */
    CONVERT_TIME_ZONE,
    /** TIMESTAMP, size in microseconds, offset in microseconds (BIGINT literals): start of the tumbling window. */
    TUMBLE_START,

    // Values made of others. Elements, keys and fields given as arguments have exactly the type that the array, map or
    // row has for them; positions are BIGINT and count from 1.
    /** The elements in order; an ARRAY. Not strict, as the two below. */
    ARRAY_OF,
    /** Key, value, key, value ...; a MAP. Of two equal keys the later wins; a NULL key is an error. */
    MAP_OF,
    /** The fields in order; a ROW. */
    ROW_OF,
    /** array, position; the element, NULL where there is none. */
    ELEMENT_AT,
    /** map, key; the value, NULL where there is none. */
    ENTRY_AT,
    /** row, INTEGER literal counted from 0; the field. */
    FIELD_OF,
    /** The number of elements of an array or entries of a map; INTEGER. */
    CARDINALITY,
    /** The only element of an array; NULL if there is none, an error if there are several. */
    ONLY_ELEMENT,
    /** array, element; BOOLEAN. */
    ARRAY_CONTAINS,
    /** array, element; INTEGER, the position of the first such element, 0 if there is none. */
    ARRAY_POSITION,
    /** Arrays of one type, one behind the other. */
    ARRAY_CONCAT,
    /** array, element; the array without those that equal it. */
    ARRAY_REMOVE,
    /** The array with the first of equal elements each; NULLs are equal to each other here. */
    ARRAY_DISTINCT,
    ARRAY_REVERSE,
    /** array, first, last; positions below 0 count from the end, and what is outside is left out. */
    ARRAY_SLICE,
    /** The elements from least to greatest, NULL at the end. */
    ARRAY_SORT,
    /** The least element that is not NULL; NULL if there is none. */
    ARRAY_MINIMUM,
    ARRAY_MAXIMUM,
    /** VARCHAR array, separator, and optionally a text for NULLs, which are left out otherwise; VARCHAR. */
    ARRAY_JOIN,
    /** Two arrays of one type: the elements of the first, each once, that are in the second. NULLs are equal to each other. */
    ARRAY_INTERSECT,
    /** Two arrays of one type: the elements of the first, each once, that are not in the second. */
    ARRAY_EXCEPT,
    /** Two arrays of one type; whether they have an element in common that is not NULL, BOOLEAN. */
    ARRAYS_OVERLAP,
    /** array of arrays; the elements of all that are not NULL, one behind the other. */
    ARRAY_FLATTEN,
    /** array, BIGINT count: its elements so many times; none if it is negative. */
    ARRAY_REPEAT,
    /** BIGINT first, last, step; BIGINT array. */
    SEQUENCE,
    /** text, separator; VARCHAR array. An empty separator leaves the text whole; an empty text has no parts. */
    SPLIT,
    /** The keys of a map in their order; an ARRAY. */
    MAP_KEYS,
    /** The values in the order of their keys; an ARRAY. */
    MAP_VALUES,
    /** The entries in the order of their keys; an ARRAY of ROW of key and value. */
    MAP_ENTRIES,
    /** keys, values; the MAP. They must be of one length. */
    MAP_FROM_ARRAYS,
    /** map, key; BOOLEAN. */
    MAP_CONTAINS_KEY,
    /** Maps of one type: the entries of all, of equal keys that of the last map. */
    MAP_CONCAT,
    /**
     * value, whether descending, whether NULL comes first (both BOOLEAN literals); a VARBINARY that is never NULL and orders as
     * ORDER BY would. Not strict.
     */
    SORT_KEY,

    // JSON in texts. All arguments but the text are literals; a path is one of the SQL standard. NULL of a NULL text.
    /**
     * text, path, and whether nothing and whether anything but one scalar is an error (BOOLEAN); VARCHAR, NULL where there is
     * no scalar.
     */
    JSON_VALUE,
    /** text, path; INTEGER: 0 if the path leads to one scalar, 1 if to nothing, 2 otherwise. */
    JSON_OUTCOME,
    /**
     * text, path, wrapper (INTEGER: 0 none, 1 always, 2 unless there is one object or array), what the result is if there is
     * nothing and if there is an error (VARCHAR, may be NULL); VARCHAR.
     */
    JSON_QUERY,
    /** text, path, result of an error (INTEGER: 0 false, 1 true, 2 NULL); BOOLEAN. */
    JSON_EXISTS,
    /** text, VALUE, OBJECT, ARRAY or SCALAR as VARCHAR; BOOLEAN. */
    IS_JSON,
    /** text; the same as a string of JSON, VARCHAR. */
    JSON_QUOTE,
    /** ARRAY, MAP or ROW; the array or object, VARCHAR. */
    JSON_OF,
    /** text; the same without spaces, VARCHAR. An error if it is not JSON. */
    JSON_CHECKED,
    // What is at a path of a text; NULL of what is not JSON, and where the path does not lead to one value.
    /** text, path; OBJECT, ARRAY, STRING, INTEGER, DOUBLE, BOOLEAN or NULL as VARCHAR. */
    JSON_TYPE,
    /** text, path; INTEGER number of elements or members, 1 of a scalar. */
    JSON_LENGTH,
    /** text, path; the names of the members as an array of JSON, VARCHAR; NULL of anything but an object. */
    JSON_KEYS,
    /** text, path; INTEGER: 1 of scalars and of what is empty, one more than the deepest member otherwise. */
    JSON_DEPTH,
    /** text, path; the value in lines, VARCHAR. */
    JSON_PRETTY,

    // Functions of users.
    /** A {@link JavaMethod} as a literal, and its arguments, each of the type its parameter stands for, but that DECIMALs keep theirs. */
    JAVA
}
