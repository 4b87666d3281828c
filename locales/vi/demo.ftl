## motcua demo

# $path (String)
demo-not-empty = Cơ sở dữ liệu { $path } đã có dữ liệu, nên không đưa dữ liệu mẫu vào. Anh/chị chạy lại với cơ sở dữ liệu khác: DATABASE_URL=sqlite://demo.db motcua demo
demo-done = Đã tạo một tỉnh mẫu có 3 đơn vị cấp xã, { $people } cán bộ, { $messages } tin báo số liệu từ { $from } đến { $to }. Mọi tên và số đều là hư cấu.
demo-go-on =
    Anh/chị dùng thử:
      motcua chat --as Lan     (cán bộ xã Khe Mây: gõ ct ol 9 th 8, hoặc /mau, /homnay, /lichsu)
      motcua chat --as Dũng    (đầu mối: /thieu, /tonghop { $period }, /xuat { $period })
      motcua chat --as Bình    (lãnh đạo tỉnh: /tonghop, /tonghop donvi, /tonghop KM, /xuat)
      motcua report --unit KM --period "{ $period }" --out km.xlsx    ({ $label })
