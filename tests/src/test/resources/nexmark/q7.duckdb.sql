SELECT b.auction, b.price, b.bidder, b.ts, b.extra
FROM bid AS b
JOIN (SELECT MAX(price) AS maxprice, TIME_BUCKET(INTERVAL '10 seconds', ts, TIMESTAMP '1970-01-01') + INTERVAL '10 seconds' AS ts FROM bid GROUP BY TIME_BUCKET(INTERVAL '10 seconds', ts, TIMESTAMP '1970-01-01')) AS b1
ON b.price = b1.maxprice
WHERE b.ts BETWEEN b1.ts - INTERVAL '10 seconds' AND b1.ts
