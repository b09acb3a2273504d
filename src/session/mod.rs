//! What the person looks at: state, commands, one apply.
