SELECT p.id, p.name, p.st
FROM (SELECT DISTINCT id, name, TIME_BUCKET(INTERVAL '10 seconds', ts, TIMESTAMP '1970-01-01') AS st FROM person) AS p
JOIN (SELECT DISTINCT seller, TIME_BUCKET(INTERVAL '10 seconds', ts, TIMESTAMP '1970-01-01') AS st FROM auction) AS a ON p.id = a.seller AND p.st = a.st
