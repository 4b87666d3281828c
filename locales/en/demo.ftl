## motcua demo

demo-not-empty = The database { $path } holds data already, so no sample data was added. Use another database: DATABASE_URL=sqlite://demo.db motcua demo
demo-done = Made a sample province with 3 communes, { $people } officials and { $messages } messages with figures from { $from } to { $to }. All names and numbers are invented.
demo-go-on =
    Try:
      motcua chat --as Lan     (officer of Khe Mây: type ct ol 9 th 8, or /mau, /homnay, /lichsu)
      motcua chat --as Dũng    (lead: /thieu, /tonghop { $period }, /xuat { $period })
      motcua chat --as Bình    (leader of the province: /tonghop, /tonghop donvi, /tonghop KM, /xuat)
      motcua report --unit KM --period "{ $period }" --out km.xlsx    ({ $label })
