// Synthetic, inert fixture written from public reports
//! Settings from variables while a program is compiled.

use proc_macro::{TokenStream, TokenTree};

const SECRET: [&str; 5] = ["TOKEN", "SECRET", "PASSWORD", "PASSWD", "PRIVATE"];
const NUMBERS: [&str; 12] =
    ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"];

struct Setting {
    name: String,
    kind: Option<String>,
    default: Option<String>,
}

/// The value of a variable of the build.
#[proc_macro]
pub fn setting(input: TokenStream) -> TokenStream {
    match read(input).and_then(|s| emit(&s)) {
        Ok(code) => code.parse().expect("the output is Rust"),
        Err(message) => format!("compile_error!({message:?})").parse().unwrap(),
    }
}

fn read(input: TokenStream) -> Result<Setting, String> {
    let mut tokens = input.into_iter();
    let name = match tokens.next() {
        Some(TokenTree::Literal(l)) => l.to_string().trim_matches('"').to_owned(),
        _ => return Err("setting!: expected the name of a variable in quotes".into()),
    };
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_') {
        return Err(format!("setting!: {name:?} is no name of a variable"));
    }
    let mut setting = Setting { name, kind: None, default: None };
    let rest: Vec<TokenTree> = tokens.collect();
    for part in rest.split(|t| matches!(t, TokenTree::Punct(p) if p.as_char() == ',')) {
        match part {
            [] => {}
            [TokenTree::Ident(kind)] => setting.kind = Some(kind.to_string()),
            [TokenTree::Ident(key), TokenTree::Punct(eq), value @ ..]
                if key.to_string() == "default" && eq.as_char() == '=' && !value.is_empty() =>
            {
                setting.default = Some(value.iter().map(|t| t.to_string()).collect());
            }
            _ => return Err("setting!: expected a type or default = value".into()),
        }
    }
    Ok(setting)
}

fn emit(setting: &Setting) -> Result<String, String> {
    let name = &setting.name;
    if let Some(word) = SECRET.iter().find(|w| name.contains(**w)) {
        return Err(format!(
            "setting!: {name} has {word} in its name, and anybody who has the program could read it; read it at run time"
        ));
    }
    let found = std::env::var(name).ok();
    let value = match (&setting.kind, found) {
        (None, Some(text)) => format!("{text:?}"),
        (Some(kind), Some(text)) if NUMBERS.contains(&kind.as_str()) => {
            text.parse::<i128>().map_err(|e| format!("setting!: {name}={text}: {e}"))?;
            format!("{text}{kind}")
        }
        (Some(kind), Some(text)) if kind == "bool" => match text.as_str() {
            "1" | "true" | "yes" => "true".into(),
            "0" | "false" | "no" | "" => "false".into(),
            _ => return Err(format!("setting!: {name}={text}: expected a bool")),
        },
        (Some(kind), Some(_)) => return Err(format!("setting!: {kind} is not supported")),
        (_, None) => match &setting.default {
            Some(default) => default.clone(),
            None => return Err(format!("setting!: {name} is not set and has no default")),
        },
    };
    // option_env! makes the compiler note the variable.
    Ok(format!("{{ const _: Option<&str> = option_env!({name:?}); {value} }}"))
}

inert_fixture_does_not_build!();
