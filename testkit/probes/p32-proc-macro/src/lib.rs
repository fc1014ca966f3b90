//! Uses the macro that misbehaves.

p32_macro_work::try_all!();
