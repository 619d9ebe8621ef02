-- Who came and opened an auction in the same ten seconds?
SELECT p.id, p.name, p.st
FROM (
  SELECT id, name, window_start AS st, window_end AS en
  FROM TABLE(TUMBLE(TABLE person, DESCRIPTOR(ts), INTERVAL '10' SECOND))
  GROUP BY id, name, window_start, window_end
) AS p
JOIN (
  SELECT seller, window_start AS st, window_end AS en
  FROM TABLE(TUMBLE(TABLE auction, DESCRIPTOR(ts), INTERVAL '10' SECOND))
  GROUP BY seller, window_start, window_end
) AS a ON p.id = a.seller AND p.st = a.st AND p.en = a.en
