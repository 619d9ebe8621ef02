-- Convert the price to another currency.
SELECT auction, bidder, 0.908 * price AS price, ts, extra FROM bid
