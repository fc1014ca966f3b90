package lazaret.vetting.inspect.source;

import static lazaret.vetting.inspect.source.Capability.CHMOD;
import static lazaret.vetting.inspect.source.Capability.DECODE;
import static lazaret.vetting.inspect.source.Capability.NETWORK;
import static lazaret.vetting.inspect.source.Capability.PROCESS;
import static lazaret.vetting.inspect.source.Capability.TLS_OFF;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import lazaret.vetting.inspect.rust.WordTable;
import org.jspecify.annotations.Nullable;

/// The paths that provide each capability.
///
/// They belong to the standard library and to the crates with which programs reach the network,
/// other programs and encodings. A path counts where it is named, in a `use`, an expression or a
/// macro, so a later rename makes no difference.
final class CapabilityPaths {
  /// Paths with their capability; the names in `{a,b}` are alternatives, each below the part
  /// before.
  private static final String PATHS =
      """
      std::net::{TcpStream,TcpListener,UdpSocket,ToSocketAddrs,lookup_host} NETWORK
      {tokio,async_std,smol,mio,monoio,compio,tokio_uring}::net::{TcpStream,TcpListener} NETWORK
      {tokio,async_std,smol,mio}::net::{UdpSocket,TcpSocket,lookup_host,ToSocketAddrs} NETWORK
      std::os::unix::net::{UnixStream,UnixDatagram,SocketAddr} NETWORK
      std::process::Command PROCESS
      std::os::unix::process::CommandExt PROCESS
      std::os::windows::process::CommandExt PROCESS
      {tokio,async_std,smol}::process::Command PROCESS
      std::fs::{write,copy,rename,remove_file,remove_dir,remove_dir_all} FS_WRITE
      std::fs::{create_dir,create_dir_all,hard_link,OpenOptions,DirBuilder} FS_WRITE
      std::fs::File::{create,create_new,options} FS_WRITE
      {tokio,async_std}::fs::{write,copy,rename,remove_file,remove_dir_all,OpenOptions} FS_WRITE
      std::os::unix::fs::symlink FS_WRITE
      std::fs::{read,read_to_string,read_dir} FS_READ
      {tokio,async_std}::fs::{read,read_to_string,read_dir} FS_READ
      std::fs::File::open FS_READ
      std::fs::set_permissions CHMOD
      std::os::unix::fs::{PermissionsExt,OpenOptionsExt} CHMOD
      std::env::{var,var_os} ENV_READ
      std::env::{vars,vars_os} ENV_ALL
      std::env::temp_dir TEMP_DIR
      std::env::home_dir HOME_DIR
      {dirs,home,directories,dirs_next,dirs_sys,etcetera,homedir} HOME_DIR
      {tempfile,temp_dir,tempdir} TEMP_DIR
      {std,core}::arch::{asm,global_asm,naked_asm} INLINE_ASM
      {libloading,dlopen,dlopen2,sharedlib} FFI
      """;

  private static final String NETWORK_CRATES =
      "reqwest ureq hyper hyper_util hyper_tls hyper_rustls curl curl_sys isahc attohttpc minreq surf"
          + " awc ehttp http_req httparse_client tiny_http tungstenite tokio_tungstenite websocket"
          + " async_tungstenite quinn h3 socket2 native_tls rustls tokio_rustls tokio_native_tls"
          + " async_h1 async_net async_native_tls ssh2 russh libssh2_sys suppaftp ftp lettre telnet"
          + " trust_dns_resolver hickory_resolver trust_dns_client hickory_client dns_lookup pnet"
          + " teloxide frankenstein telegram_bot serenity twilight_http webhook octocrab wreq rquest"
          + " ureq_proto nyquest http_client cyper reqwest_middleware self_update openssl_sys_net"
          + " rusoto_s3 aws_sdk_s3 object_store opendal sentry zmq rumqttc lapin redis mongodb"
          + " solana_client solana_rpc_client ethers ethers_providers alloy alloy_provider web3"
          + " jsonrpsee jsonrpc_client_http tonic graphql_client async_nats nats paho_mqtt libp2p"
          + " nostr_sdk matrix_sdk irc poise slack_morphism mail_send async_smtp imap async_imap"
          + " fantoccini thirtyfour headless_chrome chromiumoxide rusoto_core aws_sdk_ses"
          + " aws_sdk_sns aws_sdk_sqs cloud_storage rust_s3 arti_client gloo_net fast_socks5"
          + " socks tokio_socks wtransport webrtc resolve dns_client rustdns simple_dns domain"
          + " async_std_resolver c_ares http_client_curl curl_rest restson restclient http_types_client"
          + " ntex awc_client xitca_client trillium_client deboa nano_get chttp mio_httpc";
  private static final String CLIENT_CRATES =
      "tokio_postgres postgres mysql mysql_async rdkafka amqprs pulsar s3 minio aws_sdk_ssm"
          + " aws_sdk_dynamodb aws_sdk_secretsmanager aws_sdk_lambda google_cloud_storage google_cloud_pubsub"
          + " azure_storage_blobs kube etcd_client consul zookeeper_client apalis firestore notion_client"
          + " dropbox_sdk yup_oauth2 octorust gitlab jira_query rustfs bollard sqlx fred bb8_redis deadpool_redis"
          + " memcache cassandra_cpp scylla surrealdb influxdb ssh_jumper dbus zbus btleplug serialport"
          + " twilight_gateway songbird discord irc_proto rss atom_syndication feed_rs mailparse";
  private static final String PROCESS_CRATES =
      "async_process duct duct_sh subprocess xshell cmd_lib run_script execute shells devx_cmd"
          + " command_group process_wrap portable_pty pty_process rexpect expectrl";
  private static final String DECODE_CRATES =
      "base64 base64ct base64_simd data_encoding hex base16 base16ct faster_hex const_hex base85"
          + " base_encode fast32 radix64 base64_url obfstr litcrypt goldberg cryptify";
  private static final String NATIVE_NETWORK =
      "socket connect sendto sendmsg recvfrom getaddrinfo gethostbyname bind listen accept"
          + " curl_easy_init curl_easy_setopt curl_easy_perform WSAStartup WSASocketW WSAConnect"
          + " InternetOpenA InternetOpenW InternetOpenUrlA InternetOpenUrlW InternetConnectW"
          + " HttpOpenRequestW HttpSendRequestW WinHttpOpen WinHttpConnect WinHttpSendRequest"
          + " URLDownloadToFileA URLDownloadToFileW SSL_connect";
  private static final String NATIVE_PROCESS =
      "system popen execl execle execlp execv execve execvp execvpe fexecve fork vfork posix_spawn"
          + " posix_spawnp CreateProcessA CreateProcessW ShellExecuteA ShellExecuteW ShellExecuteExW"
          + " WinExec";

  /// Functions that are recognized by their name alone, because no other function has it.
  private static final Map<String, Capability> ANYWHERE =
      Map.ofEntries(
          Map.entry("danger_accept_invalid_certs", TLS_OFF),
          Map.entry("danger_accept_invalid_hostnames", TLS_OFF),
          Map.entry("tls_danger_accept_invalid_certs", TLS_OFF),
          Map.entry("dangerous", TLS_OFF),
          Map.entry("set_certificate_verifier", TLS_OFF),
          Map.entry("with_custom_certificate_verifier", TLS_OFF),
          Map.entry("ServerCertVerifier", TLS_OFF),
          Map.entry("ssl_verify_peer", TLS_OFF),
          Map.entry("ssl_verify_host", TLS_OFF),
          Map.entry("disable_verification", TLS_OFF),
          Map.entry("URLDownloadToFileA", NETWORK),
          Map.entry("URLDownloadToFileW", NETWORK),
          Map.entry("from_mode", CHMOD),
          Map.entry("set_mode", CHMOD),
          Map.entry("PermissionsExt", CHMOD),
          Map.entry("base64_decode", DECODE),
          Map.entry("decode_base64", DECODE),
          Map.entry("from_base64", DECODE),
          Map.entry("b64_decode", DECODE),
          Map.entry("hex_decode", DECODE),
          Map.entry("decode_hex", DECODE),
          Map.entry("unhex", DECODE),
          Map.entry("xor_decode", DECODE));

  /// The length of the longest crate name that is also a common name of other things: `h3`, `hex`.
  private static final int MAX_LETTERS = 3;

  /// The node of a client or connection of a network crate under its own name.
  static final Node CLIENT = new Node();

  static {
    CLIENT.gives = Capability.NETWORK_CLIENT;
  }

  private final Node root = new Node();
  private final WordTable words;
  private final Node[] crates;
  private final Capability[] anywhere;
  private final Capability[] natives;
  private final List<Entry> entries;
  private final boolean[] segments;
  private final boolean[] lasts;

  /// A node in the tree of paths.
  static final class Node {
    private final Map<Integer, Node> below = new HashMap<>();
    private @Nullable Capability gives;

    /// Returns the node of one more segment, or null if there is no such path.
    @Nullable Node child(int word) {
      return word == WordTable.UNKNOWN ? null : below.get(word);
    }

    /// Returns all nodes of one more segment.
    Iterable<Node> children() {
      return below.values();
    }

    /// Returns the capability of the path, or null.
    @Nullable Capability gives() {
      return gives;
    }

    /// Returns whether there are longer paths with this beginning.
    boolean inner() {
      return !below.isEmpty();
    }
  }

  /// Builds the table.
  ///
  /// @param more the words that are needed in addition to those of the table
  CapabilityPaths(Set<String> more) {
    entries = entries();
    Set<String> all = new TreeSet<>(more);
    entries.forEach(entry -> all.addAll(entry.path()));
    all.addAll(ANYWHERE.keySet());
    all.addAll(List.of(NATIVE_NETWORK.split(" ", -1)));
    all.addAll(List.of(NATIVE_PROCESS.split(" ", -1)));
    words = WordTable.of(all);
    for (Entry entry : entries) {
      Node at = root;
      for (String segment : entry.path()) {
        at = at.below.computeIfAbsent(words.number(segment), _ -> new Node());
      }
      at.gives = entry.gives();
    }
    segments = new boolean[words.size()];
    lasts = new boolean[words.size()];
    for (Entry entry : entries) {
      entry.path().forEach(segment -> segments[words.number(segment)] = true);
      lasts[words.number(entry.path().getLast())] = true;
    }
    crates = new Node[words.size()];
    root.below.forEach((word, node) -> crates[word] = node);
    anywhere = new Capability[words.size()];
    new TreeMap<>(ANYWHERE).forEach((word, what) -> anywhere[words.number(word)] = what);
    natives = new Capability[words.size()];
    for (String word : NATIVE_NETWORK.split(" ", -1)) {
      natives[words.number(word)] = NETWORK;
    }
    for (String word : NATIVE_PROCESS.split(" ", -1)) {
      natives[words.number(word)] = PROCESS;
    }
  }

  private record Entry(List<String> path, Capability gives) {}

  private static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (String line : PATHS.lines().toList()) {
      int space = line.lastIndexOf(' ');
      Capability gives = Capability.valueOf(line.substring(space + 1));
      expand(line.substring(0, space))
          .forEach(path -> entries.add(new Entry(List.of(path.split("::")), gives)));
    }
    crates(entries, NETWORK_CRATES, NETWORK);
    crates(entries, PROCESS_CRATES, PROCESS);
    crates(entries, CLIENT_CRATES, Capability.NETWORK_CLIENT);
    entries.add(new Entry(List.of("git2", "build", "RepoBuilder"), Capability.NETWORK_CLIENT));
    entries.add(new Entry(List.of("git2", "Repository", "clone"), Capability.NETWORK_CLIENT));
    entries.add(new Entry(List.of("gix", "prepare_clone"), Capability.NETWORK_CLIENT));
    crates(entries, DECODE_CRATES, DECODE);
    for (String crate : List.of("libc", "rustix", "nix", "windows_sys", "windows", "winapi")) {
      functions(entries, crate, NATIVE_NETWORK, NETWORK);
      functions(entries, crate, NATIVE_PROCESS, PROCESS);
    }
    entries.add(new Entry(List.of("nix", "sys", "socket"), NETWORK));
    entries.add(new Entry(List.of("rustix", "net"), NETWORK));
    entries.add(new Entry(List.of("nix", "unistd", "execvp"), PROCESS));
    entries.add(new Entry(List.of("nix", "unistd", "execve"), PROCESS));
    entries.add(new Entry(List.of("openssl", "ssl", "SslConnector"), NETWORK));
    entries.add(new Entry(List.of("openssl", "ssl", "SslVerifyMode", "NONE"), TLS_OFF));
    return entries;
  }

  private static void crates(List<Entry> entries, String names, Capability gives) {
    for (String name : names.split(" ", -1)) {
      entries.add(new Entry(List.of(name), gives));
    }
  }

  private static void functions(List<Entry> entries, String crate, String names, Capability gives) {
    for (String name : names.split(" ", -1)) {
      entries.add(new Entry(List.of(crate, name), gives));
    }
  }

  private static List<String> expand(String pattern) {
    int open = pattern.indexOf('{');
    if (open < 0) {
      return List.of(pattern);
    }
    int close = pattern.indexOf('}', open);
    List<String> all = new ArrayList<>();
    for (String choice : pattern.substring(open + 1, close).split(",", -1)) {
      all.addAll(expand(pattern.substring(0, open) + choice + pattern.substring(close + 1)));
    }
    return all;
  }

  WordTable words() {
    return words;
  }

  Node root() {
    return root;
  }

  /// Returns the node at which the paths of a crate begin, or null if none is known.
  @Nullable Node crate(int word) {
    return crates[word];
  }

  /// Returns whether a word is a segment of a path of the table.
  boolean segment(int word) {
    return segments[word];
  }

  /// Returns whether a word is the last segment of a path of the table.
  boolean lastSegment(int word) {
    return lasts[word];
  }

  /// Reports the paths that can be made of words. The segment `std` may be missing.
  ///
  /// @param handed the words that must include the last segment
  /// @param more the words for the other segments
  void made(Set<Integer> handed, Set<Integer> more, BiConsumer<String, Capability> receiver) {
    for (Entry entry : entries) {
      List<String> path = entry.path();
      if (handed.contains(words.number(path.getLast()))) {
        int from = path.size() > 1 && path.getFirst().equals("std") ? 1 : 0;
        boolean telling = path.size() > 1 || path.getLast().length() > MAX_LETTERS;
        boolean made =
            telling
                && path.subList(from, path.size()).stream()
                    .map(words::number)
                    .allMatch(word -> handed.contains(word) || more.contains(word));
        if (made) {
          receiver.accept(String.join("::", path), entry.gives());
        }
      }
    }
  }

  /// Returns the capability of a name in any position, or null.
  @Nullable Capability anywhere(int word) {
    return anywhere[word];
  }

  /// Returns the capability of a function that an `extern` block declares, or null.
  @Nullable Capability nativeFunction(int word) {
    return natives[word];
  }

  /// Returns the capability of a dependency on a crate, or null.
  @Nullable Capability crate(String name) {
    Node node = root.child(words.number(name.replace('-', '_')));
    return node == null ? null : node.gives();
  }
}
