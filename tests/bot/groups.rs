//! In a group every command may be said, and no reply there names anybody.

use crate::fake_telegram::FakeTelegram;
use crate::wire::Wire;
use motcua::grammar::table::COMMANDS;

const OFFICE: &str = "
    INSERT INTO units (id, code, name) VALUES (1, 'X', 'UBND xã X');
    INSERT INTO officials (id, name) VALUES (1, 'Trần Thị Lan'), (2, 'Lê Văn Minh'), (3, 'Vũ Hải Hà'), (4, 'Đỗ Văn Lan');
    INSERT INTO memberships (id, official_id, unit_id, role, since)
        VALUES (1, 1, 1, 'officer', 20000), (2, 2, 1, 'lead', 20000), (3, 3, 1, 'officer', 20000), (4, 4, 1, 'officer', 20000);
    INSERT INTO member_fields (membership_id, field_id, since)
        SELECT m.id, f.id, 20000 FROM fields AS f, memberships AS m WHERE f.code IN ('HT', 'CT') AND m.id <> 2;
    INSERT INTO groups (channel, chat_id, unit_id, bound_by) VALUES ('telegram', '-1001', 1, 2);";
const NAMES: [&str; 4] = ["Lan", "Minh", "Hà", "Hải"];
const MINH: i64 = 7002;
const GROUP: i64 = -1001;

#[tokio::test(flavor = "multi_thread")]
async fn no_reply_in_a_group_names_anybody() {
    let fake = FakeTelegram::start();
    let office = Wire::new(&fake).await;
    office.set_up(OFFICE).await;
    for (official, user) in [(1, 7001), (2, MINH), (3, 7003)] {
        office.link(official, user).await;
    }
    fake.say(7001, "ht ol 3");
    fake.say(7003, "ht ol 4");
    fake.reply(7001).await;
    fake.reply(7003).await;
    let mut said: Vec<String> = COMMANDS.iter().map(|c| c.example.to_string()).collect();
    said.extend(
        [
            "/nhap @Hà ht ol 5",
            "/nhap @Hà ct ol 5",
            "/nhap @Lan ct ol 1",
            "/nhap @Minh ht ol 1",
            "/bangiao x y",
            "/xoa Hà",
        ]
        .map(String::from),
    );
    said.extend(["/nhap ht ol 2", "/lichsu", "/thieu", "/visao tiep nhan", "/hoantac"].map(String::from));
    for text in said {
        fake.say_in_group(GROUP, MINH, &text, None);
        office.settled(&fake).await;
        for reply in fake.state().take_all(GROUP) {
            let named = NAMES.iter().find(|n| reply.text.split(|c: char| !c.is_alphanumeric()).any(|w| w == **n));
            // What the person has just typed may come back.
            let named = named.filter(|n| !text.contains(**n));
            assert!(named.is_none(), "{text} is answered in the group: {}", reply.text);
        }
        for user in [7001, MINH, 7003] {
            fake.state().take_all(user);
        }
    }
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_ready_to_copy_in_a_group_bears_the_command() {
    let fake = FakeTelegram::start();
    let office = Wire::new(&fake).await;
    office.set_up(OFFICE).await;
    office.link(1, 7001).await;
    fake.say_in_group(GROUP, 7001, "/nhap ht ol 2", None);
    let reply = fake.reply(GROUP).await;
    assert!(reply.text.ends_with("ví dụ: /nhap ht ol 2"), "{}", reply.text);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dossier_codes_go_to_the_private_chat() {
    let fake = FakeTelegram::start();
    let office = Wire::new(&fake).await;
    office.set_up(OFFICE).await;
    office.link(2, MINH).await;
    let said = [
        "/hoso H12.34.56-251121-0583 HT 5n\nH12.34.56-251122-0583 HT 5n",
        "/xong 0583",
        "/quahan",
        "/tracuu 0583",
        "/lydo H12.34.56-251121-0583 mất điện",
        "/xong H12.34.56-251121-0583",
        "/hoantac",
        "/sapden 60",
    ];
    for text in said {
        fake.say_in_group(GROUP, MINH, text, None);
        office.settled(&fake).await;
        let group = fake.state().take_all(GROUP);
        assert_eq!(group.len(), 1, "{text}");
        assert!(!group[0].text.contains("H12") && group[0].text.contains("chat riêng"), "{text}: {}", group[0].text);
        let private = fake.state().take_all(MINH);
        assert!(private.iter().any(|r| r.text.contains("0583") || text == "/sapden 60"), "{text}");
    }
    // Other talk of the group is nobody's command.
    fake.say_in_group(GROUP, MINH, "xong H12.34.56-251121-0583", None);
    office.settled(&fake).await;
    assert!(fake.state().take_all(GROUP).is_empty());
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizens_name_and_number_are_never_stored() {
    let fake = FakeTelegram::start();
    let office = Wire::new(&fake).await;
    office.set_up(OFFICE).await;
    office.link(2, MINH).await;
    fake.say(MINH, "/hoso H12.34.56-251121-0583 HT 5n");
    fake.reply(MINH).await;
    for text in ["/lydo 0583 chờ ông Phạm Đình Khánh", "/giahan 0583 1/12 gọi 0912 345 678 không được"] {
        fake.say(MINH, text);
        let reply = fake.reply(MINH).await;
        let refusal = "Không ghi họ tên, số điện thoại, số định danh của công dân. Chỉ dùng mã hồ sơ.";
        assert_eq!(reply.text, refusal, "{text}");
    }
    let file = std::fs::read(office.store.path()).unwrap();
    let wal = std::fs::read(office.store.path().with_extension("db-wal")).unwrap_or_default();
    for bytes in ["Khánh", "345 678"].map(str::as_bytes) {
        let held = |f: &[u8]| f.windows(bytes.len()).any(|w| w == bytes);
        assert!(!held(&file) && !held(&wal), "{}", String::from_utf8_lossy(bytes));
    }
    office.stop().await;
}
