-- Bids with their auctions and who sells them.
SELECT b.auction, b.bidder, b.price, b.ts, a.item_name, a.category, p.name, p.city, p.state
FROM bid AS b JOIN auction AS a ON b.auction = a.id JOIN person AS p ON a.seller = p.id
WHERE a.category = 10 AND p.state = 'OR'
