//! Looks at any moment, restarts, gaps: never at night, never more than the caps, no fact
//! twice a day; and whoever is missing late in the afternoon has been told, if only then.

use proptest::prelude::*;

use super::life::{BLOCKED, Life, PEOPLE, is_down, is_working, on_leave, past_grace};
use super::{Dice, Simulation, capped, no_fact_twice, quiet, to};

/// Few or many looks a day, wherever they fall.
async fn live(seed: u64, looks: u64) {
    let life = Life::new("2026-08-17", "2026-08-26", 20, seed);
    let mut simulation = Simulation::new(&life).await;
    let mut dice = Dice(seed);
    let mut last_looks = Vec::new();
    simulation.look(life.from, 1).await;
    for day in life.from.iter_days().take_while(|d| *d <= life.to).filter(|d| !is_down(*d)) {
        let mut minutes: Vec<u32> = (0..looks).map(|_| 360 + dice.below(780) as u32).collect();
        minutes.sort_unstable();
        let mut posted = 0;
        for minute in minutes {
            life.post(&simulation.store, day, (posted, minute)).await;
            posted = minute;
            simulation.look(day, minute).await;
            last_looks.push((day, minute));
        }
        life.post(&simulation.store, day, (posted, 1_440)).await;
        life.evening(&simulation.store, day).await;
    }
    let sent = &simulation.sent;
    quiet(sent);
    capped(sent);
    no_fact_twice(sent);
    for (day, minute) in last_looks.into_iter().filter(|(d, m)| is_working(*d) && (1_010..1_080).contains(m)) {
        for (who, ..) in PEOPLE.iter().filter(|p| !p.3.is_empty() && !BLOCKED.contains(&p.0)) {
            let posted = life.posts.iter().any(|(d, w, at)| *d == day && w == who && *at <= minute);
            let expected = past_grace(*who, day) && !on_leave(*who, day) && !posted;
            let told =
                sent.iter().any(|(d, m, o)| *d == day && *m <= minute && to(o) == *who && o.kind.contains("nhac"));
            assert!(!expected || told, "seed {seed}: {who} was never reminded on {day} until {minute}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whenever_the_clock_is_looked_at_few_are_told_once_by_day(seed in 1_u64..u64::MAX, looks in 1_u64..20) {
        tokio::runtime::Runtime::new().unwrap().block_on(live(seed, looks));
    }
}
