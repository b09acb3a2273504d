//! The work done off the page: a pure handler, request in, responses out.
