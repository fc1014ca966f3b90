package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Proc macros and libraries by their behavior. All sources are inert and never compiled.
final class MacroBehaviorTest {
  private static final String MACRO = InspectionFixture.MANIFEST + "[lib]\nproc-macro = true\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "macro-command|`std::process::Command::new(\"cc\").status();`",
        "macro-command|`use std::process as p; p::Command::new(n).spawn();`",
        "macro-command|`duct::cmd(a, b).run();`",
        "macro-writes|`std::fs::write(out, text);`",
        "macro-writes|`std::fs::File::create(out);`",
        "macro-writes|`std::fs::OpenOptions::new().append(true).open(out);`",
        "macro-writes|`let d = std::env::temp_dir();`",
        "macro-config|`let p = root.join(\".cargo\").join(\"config.toml\");`",
        "macro-config|`let p = format!(\"{}/{}/{}\", a, \".git\", \"hooks/post-merge\");`",
        "macro-config|`let p = [\".car\", \"go/\", \"config\"].concat();`",
        "macro-native-call|`} extern \"C\" { fn f(); } fn g() {`",
        "macro-native-call|`unsafe { std::arch::asm!(\"nop\") }`",
        "macro-native-call|`unsafe { libc::mprotect(a, b, c); }`",
        "macro-native-call|`let f: fn() = unsafe { std::mem::transmute(b) };`",
        "macro-process-files|`read(\"/proc/self/environ\");`",
        "macro-process-files|`read(format!(\"/proc/{}/environ\", parent_id()));`",
        "macro-process-files|`read([\"/proc\", &pid, \"mem\"].join(\"/\"));`",
        "macro-decode|`let s: String = D.iter().map(|b| (b ^ 7) as char).collect();`",
        "macro-decode|`let s: String = \"olleh\".chars().rev().collect();`",
        "macro-decode|`let s: String = N.iter().filter_map(|n| char::from_u32(n - 4)).collect();`",
        "macro-decode|`let s = base64::decode(x);`",
        "macro-data-as-code|`let t = std::fs::read_to_string(p).unwrap(); return t.parse::<TokenStream>().unwrap();`",
        "macro-data-as-code|`let t = include_str!(\"x.txt\"); let k: TokenStream = TokenStream::from_str(t).unwrap();`",
        "macro-data-as-code|`let v = std::env::var(\"EXTRA\").unwrap(); let e: syn::Expr = syn::parse_str(&v).unwrap();`",
        "macro-data-as-code|`let d = std::fs::read(\"tests/data/a.bin\");`",
        "macro-credentials|`let k = \"AWS_SECRET_ACCESS_KEY\";`",
        "macro-credentials|`let p = home.join(\".bashrc\");`",
        "macro-address|`let a = \"192.0.2.7\";`",
      })
  void seesWhatAProcMacroDoes(String code, String body) {
    assertThat(high(macro(body))).contains(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "let t = format!(\"impl X for {} {{}}\", n); t.parse::<TokenStream>().unwrap();",
        "let v = std::env::var(\"CARGO_PKG_NAME\").unwrap();",
        "let q = quote::quote! { extern_c(); let f = ::core::mem::transmute(x); };",
        "let h = text.bytes().fold(0u64, |h, b| h.wrapping_mul(31) + u64::from(b));",
        "let n = name.replace('-', \"_\"); let first = name.chars().next();",
        "let mut f = Vec::new(); for x in fields.iter().rev() { f.push(x); }",
      })
  void leavesAHarmlessMacroAlone(String body) {
    assertThat(high(macro(body))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "symbol-override|`#[no_mangle] pub extern \"C\" fn malloc(n: usize) -> *mut u8 { x }`",
        "symbol-override|`#[unsafe(no_mangle)] pub unsafe extern \"C\" fn SSL_write(s: *mut u8) -> i32 { 0 }`",
        "symbol-override|`#[export_name = \"getaddrinfo\"] pub extern \"C\" fn any() {}`",
        "symbol-override|`#[no_mangle] pub static open: fn() = f;`",
        "constructor|`#[used] #[link_section = \".init_array\"] static A: extern \"C\" fn() = f; fn f() { std::fs::read(p); }`",
        "constructor|`#[cfg_attr(windows, link_section = \".CRT$XCU\")] static A: fn() = f; fn f() { std::process::Command::new(c); }`",
        "constructor|`#[ctor::ctor] fn f() { std::env::var(\"X\"); }`",
        "constructor|`#[unsafe(link_section = \"__DATA,__mod_init_func\")] static A: fn() = f; fn f() { std::net::TcpStream::connect(a); }`",
        "config-write|`fn f() { std::fs::write(home.join(\".cargo\").join(\"config.toml\"), t); }`",
        "config-write|`fn f() { let p = format!(\"{}/.git/{}/pre-push\", r, \"hooks\"); std::fs::write(&p, t); }`",
        "config-write|`fn f() { let mut p = h(); p.push(\".gitconfig\"); std::fs::write(p, t); }`",
        "process-files|`fn f() { std::fs::read(format!(\"/proc/{}/environ\", pid)); std::net::TcpStream::connect(a); }`",
        "process-files|`fn f() { let p = std::path::Path::new(\"/proc\").join(i).join(\"mem\"); std::fs::read(p); std::net::TcpStream::connect(a); }`",
        "process-files|`fn f() { std::fs::read(concat!(\"/proc\", \"/self\", \"/environ\")); std::net::UdpSocket::bind(a); }`",
        "decoded-use|`fn f() { let p: String = D.iter().map(|b| (b ^ 9) as char).collect(); std::process::Command::new(p).spawn(); }`",
        "decoded-use|`fn d(v: &[u8]) -> String { v.iter().map(|b| b.wrapping_add(1) as char).collect() } fn f() { std::process::Command::new(d(X)); }`",
        "decoded-use|`fn f() { let p: String = \"tiucric\".chars().rev().collect(); std::fs::write(p, t); }`",
        "data-as-code|`fn f() { let b = include_bytes!(\"x.bin\"); std::fs::write(p, b); std::fs::set_permissions(p, q); }`",
        "data-as-code|`static B: &[u8] = include_bytes!(\"x.bin\"); fn f() { let g: extern \"C\" fn() = unsafe { std::mem::transmute(B.as_ptr()) }; }`",
        "data-as-code|`static B: &[u8] = include_bytes!(\"x\"); fn f() { unsafe { libc::memfd_create(n, 0) }; std::process::Command::new(c); }`",
      })
  void seesWhatALibraryDoes(String code, String source) {
    assertThat(high(inspect(demo().file("src/lib.rs", source)).signals())).contains(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#[no_mangle] pub extern \"C\" fn my_crate_open() {} #[no_mangle] fn memcpy() {}",
        "#[link_section = \".init_array\"] static A: extern \"C\" fn() = register; fn register() { LIST.push(1); }",
        "fn f() { let c = std::fs::read_to_string(root.join(\".cargo/config.toml\")); let g = r.join(\".git\"); }",
        "fn f() { std::fs::read(\"/proc/self/maps\"); std::fs::read(\"/proc/cpuinfo\"); std::net::TcpStream::connect(a); }",
        "fn mask(d: &mut [u8], k: u8) { for b in d { *b ^= k; } } fn f() { std::process::Command::new(\"ls\"); }",
        "static L: &[u8] = include_bytes!(\"logo.bin\"); fn f() { std::fs::write(p, L); }",
        "fn f(x: &T) { let y: &'static T = unsafe { std::mem::transmute(x) }; }",
      })
  void leavesAHarmlessLibraryAlone(String source) {
    assertThat(weighty(inspect(demo().file("src/lib.rs", source)).signals())).isEmpty();
  }

  private static List<Signal> macro(String body) {
    return inspect(
            demo()
                .manifest(MACRO)
                .file("src/lib.rs", "#[proc_macro] pub fn m(i: TokenStream) { " + body + " }"))
        .signals();
  }

  private static List<String> high(List<Signal> signals) {
    return of(signals, SignalWeight.HIGH);
  }

  private static List<String> weighty(List<Signal> signals) {
    return of(signals, SignalWeight.REVIEW);
  }

  private static List<String> of(List<Signal> signals, SignalWeight least) {
    return signals.stream()
        .filter(signal -> signal.weight().compareTo(least) >= 0)
        .map(signal -> signal.code().code())
        .distinct()
        .toList();
  }
}
