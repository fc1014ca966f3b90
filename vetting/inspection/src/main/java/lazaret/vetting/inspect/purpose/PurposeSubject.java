package lazaret.vetting.inspect.purpose;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A field of work that a crate may state as its purpose. A crate whose text names the subject may
/// have the capabilities that belong to it.
public enum PurposeSubject {
  /// Communication with other machines.
  NETWORK(
      "network",
      """
      network http https web api rest client server serve socket websocket tcp udp quic tls dns
      mdns resolver resolve doh dot url uri link download upload fetch remote cloud online
      internet telemetry metric exporter export span report reporter crash analytic monitor
      monitoring webhook bot chat mail email smtp imap ftp sftp mqtt amqp kafka nats redis
      database sql postgres postgresql mysql mongodb rpc grpc graphql proxy tunnel vpn peer p2p
      gossip blockchain ethereum solana bitcoin node exchange oauth login registry mirror sync
      synchronize update updater updates release feed rss atom scrape crawl crawler service
      services endpoint gateway cluster kubernetes docker push publish subscribe broker packet ntp
      whois s3 aws azure gcp github gitlab slack discord telegram matrix irc sentry prometheus
      opentelemetry otel loki pull port ports forward forwards instance metadata breach breaches
      sent influx graphite statsd syslog forge repository submit deploy deployment sdk provider
      streaming torrent send board hosted notify notifier notification alert pager messenger
      messaging weather geolocation geoip webdav caldav carddav ldap snmp modbus ping latency
      bandwidth speedtest podcast translator tracker jira paste pastebin ingest acme letsencrypt
      backup ask geocoder geocoding
      """),
  /// Starting other programs.
  PROGRAMS(
      "programs",
      """
      process processes subprocess command commands cmd shell shells exec execute executes
      executor execution spawn launch launcher runner invoke pty pseudo multiplexer tool tools
      toolchain compiler compile compiles build builder bundler linter formatter plugin plugins
      editor pager program programs git docker ffmpeg clipboard keyring keychain notification
      notifications service services systemd daemon supervisor updater update updates restart
      cargo npm python interpreter script scripts scripting automation deploy deployment ssh sudo
      privilege privileges screenshot commit commits committed run runs start starts wrapper
      sandbox container containers virtual hypervisor debugger profiler browser opener open opens
      printer print speech wifi bluetooth desktop power battery password passwords hook hooks
      task-runner make cmake ninja backup restore doctor diagnose diagnosis diagnostic audio sound
      transcode transcoder latex pandoc gpg gnupg pgp kubectl terraform ansible helm release
      changelog vcs hg mercurial jj svn blame bisect repo workspace lsp mount firewall brightness
      harness mutation codegen alarm inhibit awake
      """),
  /// Reading the whole environment.
  ENVIRONMENT(
      "the environment",
      """
      environment env variable variables dotenv config configuration configure settings setting
      process processes shell template templates interpolation expand expansion command subprocess
      launcher runner sandbox container cgi doctor diagnose diagnosis diagnostic override
      overrides layered
      """),
  /// Writing to places where other programs are set up or started.
  SETUP(
      "setup of other programs",
      """
      install installs installer setup service services config configuration settings completion
      completions autostart startup daemon dotfile dotfiles profile shell shells cron schedule
      scheduler scheduled editor hook hooks init plugin plugins ssh systemd launchd registry
      update updater updates package packages toolchain git cargo login key keys user home cache
      snapshot golden scaffold codegen migrate migration fixer autofix refactor rewrite bump
      formatter backup restore extension mime association desktop font theme alias keymap
      keybinding release changelog
      """),
  /// Setting up hooks of repositories.
  HOOKS("hooks", "hook precommit"),
  /// Storing files for the user.
  KEPT_FILES(
      "files that it keeps",
      """
      todo task note notebook journal diary history store storage save persist persistent database
      log session cache state record bookmark library collection tracker timer game score download
      budget expense contact calendar reminder habit list manager archive trash collect ebook keep
      cached
      """),
  /// Encoding texts, or keeping them out of programs.
  CODING(
      "texts in another form",
      """
      literal string encode encoding base64 hex digest hash integrity sri obfuscate obfuscation
      obfuscated encrypt encrypted cipher compress compressed embed embedded asset checksum
      fingerprint constant bytes uuid
      """),
  /// Checking code against data of other systems.
  SCHEMA(
      "schemas",
      """
      schema database sql query queries graphql openapi swagger api proto protobuf grpc wsdl
      migration table introspection specification
      """),
  /// Delivering programs or parts of them.
  DELIVERY(
      "delivery",
      """
      update updater upgrade release install installer download downloader prebuilt pinned
      toolchain plugin bootstrap fetch binary package
      """),
  /// Delivering programs with a check of the delivered data.
  CHECKED_DELIVERY(
      "checked delivery",
      """
      signed signature verified verify digest checksum sha256 minisign ed25519 pinned attestation
      """),
  /// Running commands of others.
  REMOTE(
      "remote execution",
      """
      remote ssh runner agent worker terminal shell pty console debug debugger repl scripting
      interpreter kernel notebook executor supervisor launcher sandbox cron crontab timetable
      schedule scheduler commands programs container webhook
      """),
  /// Using the credentials of the user.
  ACCESS(
      "access",
      """
      token credential auth authentication authorization oauth oidc login sdk secret vault
      registry publish upload cloud bot deploy deployment backup sync sign signed signer password
      keyring keychain kube kubernetes cluster docker forge netrc identity account session cookie
      client api
      """),
  /// Working in jobs of continuous integration.
  CI(
      "continuous integration",
      """
      ci workflow runner coverage pipeline actions continuous annotation report reporter
      """),
  /// Inspecting processes.
  PROCESSES(
      "processes",
      """
      process memory profile profiler sampler sampling debugger crash dump backtrace heap stack
      tracer trace monitor container proc thread usage
      """),
  /// Searching for keys in texts.
  SEARCH_FOR_KEYS(
      "keys in texts",
      """
      secret scanner scan redact redaction mask leak sanitize scrub wallet address
      """),
  /// Loading code into the running program.
  LOADING(
      "loading of code",
      """
      load loadable loading loader plugin plugins extension extensions module modules dynamic
      dlopen dll library libraries symbol native shared driver drivers backend backends runtime
      abi ffi bindings binding hotreload reload reloading hot host vulkan opengl egl cuda opencl
      metal webgpu gpu graphics window x11 wayland audio jack alsa pulse jvm jni python lua
      webview codec usb hid bluetooth pkcs11 hsm smartcard odbc icu linker wrapper sys video
      camera printing windows winapi
      """),
  /// Working with the clipboard.
  CLIPBOARD("the clipboard", "clipboard"),
  /// Removing files.
  REMOVAL(
      "removal",
      """
      shred wipe erase delete remove removal clean cleanup prune purge trash overwrite rotate
      retention uninstall
      """);

  /// The subjects that each word names. One lookup of a word answers for all subjects.
  private static final Map<String, Set<PurposeSubject>> SUBJECTS = subjects();

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");

  /// The usual endings of words.
  private static final List<String> ENDS = List.of("s", "es", "d", "ed", "r", "er", "ing");

  /// The number of letters that a word must have before its ending.
  private static final int LEAST_BEFORE_END = 3;

  private final String words;
  private final String vocabulary;

  PurposeSubject(String words, String vocabulary) {
    this.words = words;
    this.vocabulary = vocabulary;
  }

  /// Returns the subject in words, for the message that a crate does not state it.
  public String words() {
    return words;
  }

  /// Returns the words that name the subject.
  Set<String> vocabulary() {
    return Set.of(vocabulary.strip().split("\\s+", -1));
  }

  private static Map<String, Set<PurposeSubject>> subjects() {
    Map<String, Set<PurposeSubject>> subjects = new HashMap<>();
    for (PurposeSubject subject : values()) {
      for (String word : subject.vocabulary()) {
        subjects.computeIfAbsent(word, _ -> EnumSet.noneOf(PurposeSubject.class)).add(subject);
      }
    }
    return subjects;
  }

  /// Returns the subjects that a text names by words in any of their usual endings.
  static Set<PurposeSubject> in(String text) {
    Set<PurposeSubject> named = EnumSet.noneOf(PurposeSubject.class);
    for (String word : BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT), -1)) {
      named.addAll(SUBJECTS.getOrDefault(word, Set.of()));
      for (String end : ENDS) {
        int length = word.length() - end.length();
        if (length >= LEAST_BEFORE_END && word.endsWith(end)) {
          named.addAll(SUBJECTS.getOrDefault(word.substring(0, length), Set.of()));
        }
      }
    }
    return named;
  }
}
