package lazaret.vetting.takeover;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// The collision keys of well-known crates, as targets of look-alikes before a gate has served
/// anything. The list was written by hand from general knowledge; the crates that the gate stores
/// are added to it.
public final class EstablishedNames {
  private static final Set<String> NAMES =
      """
      actix_web addr2line adler2 aes aes_gcm ahash aho_corasick anstream anstyle anyhow argon2 arrayref arrayvec
      askama async_std async_trait atty autocfg axum backtrace base64 bevy bincode bindgen bit_vec bitflags bitvec
      blake3 block_buffer bstr bumpalo bytemuck byteorder bytes camino cargo_metadata cbindgen cc cfg_aliases cfg_if
      chacha20 chrono clap clap_derive clap_lex cmake color_eyre colored console convert_case cookie
      core_foundation crc32fast criterion crossbeam crossbeam_channel crossbeam_epoch crossbeam_utils crossterm
      crypto_common csv ctrlc curve25519_dalek darling dashmap derive_builder derive_more diesel diff digest dirs
      dotenv dotenvy ed25519_dalek either encoding_rs enum_map env_logger equivalent errno ethers eyre fastrand
      filetime fixedbitset flate2 flume fnv foldhash foreign_types form_urlencoded futures futures_channel
      futures_core futures_util generic_array getrandom gimli git2 glob globset h2 half hashbrown heck hex hmac
      home http http_body httparse humantime hyper hyper_rustls hyper_tls hyper_util iana_time_zone idna ignore image
      indexmap indicatif indoc insta instant ipnet itertools itoa jobserver js_sys json5 jsonwebtoken k256 keccak
      lazy_static lettre libc libloading libm libz_sys linux_raw_sys litemap lock_api log lru lsp_types matchers
      md5 memchr memmap2 memoffset mime mime_guess miniz_oxide mio mockall native_tls ndarray nix nom notify num
      num_bigint num_cpus num_derive num_integer num_rational num_traits object once_cell openssl openssl_sys
      ordered_float os_info owo_colors p256 parking_lot parking_lot_core paste pem percent_encoding pest petgraph
      phf pin_project pin_project_lite pkg_config plotters polars portable_atomic postgres pretty_assertions
      proc_macro2 proc_macro_crate proptest prost protobuf pyo3 quick_xml quickcheck quote rand rand_chacha rand_core
      ratatui rayon rayon_core redis regex regex_automata regex_syntax reqwest ring rocket rstest rusqlite
      rust_decimal rustc_demangle rustc_hash rustc_version rustix rustls rustls_pki_types rustls_webpki rustversion
      ryu same_file scopeguard sea_orm secp256k1 security_framework semver serde serde_core serde_derive serde_json
      serde_urlencoded serde_with serde_yaml sha1 sha2 sharded_slab shlex signal_hook similar slab slog smallvec
      smol snafu socket2 solana_sdk spin sqlx stable_deref_trait static_assertions strsim structopt strum subtle
      syn sync_wrapper synstructure sysinfo tar target_lexicon tauri tempfile tera termcolor terminal_size textwrap
      thiserror thread_local time time_macros tiny_keccak tinystr tinyvec tokio tokio_macros tokio_rustls
      tokio_stream tokio_tungstenite tokio_util toml toml_edit tonic tower tower_http tower_layer tower_service
      tracing tracing_core tracing_log tracing_subscriber trybuild tungstenite typenum unicode_ident
      unicode_normalization unicode_segmentation unicode_width untrusted ureq url utf8parse uuid valuable vcpkg
      version_check wait_timeout walkdir want warp wasi wasm_bindgen wasmtime web_sys webpki webpki_roots which
      winapi winapi_util windows windows_core windows_sys windows_targets winnow wiremock xattr yaml_rust zerocopy
      zeroize zip zstd zstd_sys
      """
          .lines()
          .flatMap(line -> Arrays.stream(line.strip().split(" ")))
          .collect(Collectors.toUnmodifiableSet());

  private EstablishedNames() {}

  /// Returns whether a collision key is in the list.
  public static boolean contain(String collisionKey) {
    return NAMES.contains(collisionKey);
  }
}
