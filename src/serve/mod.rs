//! Local pages: reading, comparing and labelling, on the loopback address of this machine and for whoever has the address with the
//! token. Nothing leaves the machine, and nothing is asked of any other.

mod app;
mod guard;
mod label;
mod page;
mod pages;
mod retrain;
#[cfg(test)]
mod tests;

pub use app::{App, Setup};
pub use retrain::TrainSetup;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serves pages until the program is told to end (Ctrl-C). `ready` is told the address with the token once it can be opened.
///
/// # Errors
/// When the port is taken, or there is no randomness for a token.
pub fn serve(setup: Setup, port: u16, ready: impl FnOnce(&str)) -> io::Result<()> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
        let start = setup.start;
        let app = Arc::new(App::new(setup, listener.local_addr()?.port())?);
        ready(&app.address(start));
        app.begin_scoring();
        let ended = async {
            let _closed = tokio::signal::ctrl_c().await;
        };
        axum::serve(listener, guard::routes(app)).with_graceful_shutdown(ended).await
    })
}
