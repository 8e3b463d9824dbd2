//! Who holds an office that is named without its holder.

use super::cast::{Member, Nature, Office};
use super::thread::Determiner;
use super::words::Sort;

/// Nobody could tell who it is: one of a trade, of a family, of a crowd.
pub(crate) fn is_nameless(sort: Sort, determiner: Determiner, form: &str) -> bool {
    match sort {
        Sort::Insider | Sort::Group => true,
        Sort::Kin => determiner != Determiner::Possessive,
        Sort::Trade => determiner == Determiner::Indefinite,
        // "a spokesman" is somebody's; "a mediator", "a senator" could be anyone.
        Sort::Role => {
            determiner == Determiner::Indefinite && !form.to_lowercase().starts_with("spokes")
        }
        _ => false,
    }
}

/// How well a member holds an office: 0 not at all.
pub(crate) fn fit(member: &Member, office: &Office) -> i32 {
    if member.nature != Nature::Person {
        return 0;
    }
    member.offices.iter().map(|held| fit_office(held, office)).max().unwrap_or(0)
}

fn fit_office(held: &Office, asked: &Office) -> i32 {
    let same = held.head == asked.head;
    if !(same || (held.leader && asked.leader)) {
        return 0;
    }
    let states = held.states.iter().any(|s| asked.states.contains(s));
    let names = held.names.iter().any(|n| asked.names.contains(n));
    let other_state = !held.states.is_empty() && !asked.states.is_empty() && !states;
    let other_name = !held.names.is_empty() && !asked.names.is_empty() && !names && !states;
    // "the government spokesman" is not the firm's whose organisation is left unsaid.
    let unsaid = !held.leader
        && !asked.names.is_empty()
        && held.names.is_empty()
        && held.states.is_empty()
        && asked.states.is_empty();
    let headed = asked.bound && !names;
    if other_state || (other_name && same) || unsaid || headed {
        return 0;
    }
    match (same, states || names) {
        (true, true) => 4,
        (true, false) if asked.states.is_empty() => 2,
        (false, true) => 2,
        (false, false)
            if asked.states.is_empty() && (asked.names.is_empty() || held.names.is_empty()) =>
        {
            1
        }
        (true, false) => 1,
        (false, false) => 0,
    }
}
