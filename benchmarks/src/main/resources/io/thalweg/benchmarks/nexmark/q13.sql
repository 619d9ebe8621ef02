-- Look something up in a table.
SELECT b.auction, b.bidder, b.price, b.ts, s.content
FROM bid AS b JOIN side_input AS s ON MOD(b.auction, 10000) = s.key
