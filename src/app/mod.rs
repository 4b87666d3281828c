//! One use case a file: what an official asks for in, a [`reply::Reply`] out.
pub mod reply;
