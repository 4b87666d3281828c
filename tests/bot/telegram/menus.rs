//! The command menu of each person.

use std::sync::Arc;
use std::time::Duration;

use motcua::channel::telegram::menu::{Menus, menu_of, strangers};
use motcua::clock::{OFFICE_ZONE, SystemClock};
use motcua::domain::official::Role;
use motcua::words::Locale;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::echo::{LAN, MINH, Office, register, telegram};
use crate::fake_telegram::{BOT_ID, FakeTelegram};

#[tokio::test]
async fn each_person_sees_what_that_person_may_do_and_only_changes_are_sent() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let mut w = office.store.write().await.unwrap();
    sqlx::raw_sql(
        "INSERT INTO units (id, code, name) VALUES (1, 'KTD', 'UBND xã Khúc Thừa Dụ');
         INSERT INTO memberships (official_id, unit_id, role, since) VALUES (1, 1, 'officer', 0), (2, 1, 'leader', 0);
         UPDATE officials SET locale = 'en' WHERE id = 2;",
    )
    .execute(&mut *w)
    .await
    .unwrap();
    w.commit().await.unwrap();

    let (vi, en) = (Locale::Vi.words(), Locale::En.words());
    keep(&office, &fake, 4).await;
    assert_eq!(menu(&fake, &format!("chat:{LAN}:")), listed(menu_of(&[Role::Officer], vi)));
    assert_eq!(menu(&fake, &format!("chat:{MINH}:")), listed(menu_of(&[Role::Leader], en)));
    assert_eq!(menu(&fake, "default::"), listed(strangers(vi)));
    assert_eq!(menu(&fake, "default::en"), listed(strangers(en)));

    let mut w = office.store.write().await.unwrap();
    sqlx::raw_sql(
        "UPDATE memberships SET role = 'lead' WHERE official_id = 1;
         UPDATE memberships SET until = 1 WHERE official_id = 2;",
    )
    .execute(&mut *w)
    .await
    .unwrap();
    motcua::store::directory::touch(&mut w).await.unwrap();
    w.commit().await.unwrap();
    keep(&office, &fake, 5).await;
    assert_eq!(menu(&fake, &format!("chat:{LAN}:")), listed(menu_of(&[Role::Lead], vi)));
    assert_eq!(menu(&fake, &format!("chat:{MINH}:")), json!([]));
}

/// Runs until so many menus have been set in all, and whatever must go is gone.
async fn keep(office: &Office, fake: &FakeTelegram, sets: usize) {
    let telegram = telegram(fake.url()).await;
    let bot_id = register(&office.store, &telegram).await;
    assert_eq!(telegram.me().id, BOT_ID);
    let (stop, stopping) = watch::channel(false);
    let menus = Menus {
        telegram,
        store: office.store.clone(),
        directory: Arc::default(),
        clock: Arc::new(SystemClock),
        zone: OFFICE_ZONE,
        bot_id,
    };
    let running = tokio::spawn(menus.run(stopping));
    fake.wait("menus", |s| {
        let gone = sets == 4 || !s.calls("deleteMyCommands").is_empty();
        (s.calls("setMyCommands").len() == sets && gone).then_some(())
    })
    .await;
    // Nothing more comes.
    tokio::time::sleep(Duration::from_millis(400)).await;
    stop.send_replace(true);
    running.await.unwrap();
    assert_eq!(fake.calls("setMyCommands").len(), sets);
}

fn menu(fake: &FakeTelegram, scope: &str) -> Value {
    fake.state().menu(scope).unwrap_or_default()
}

fn listed(menu: Vec<(&str, String)>) -> Value {
    menu.into_iter().map(|(command, description)| json!({"command": command, "description": description})).collect()
}
