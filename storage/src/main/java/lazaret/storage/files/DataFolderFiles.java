package lazaret.storage.files;

/// The names of files in the data folder of a server that other programs look for. The names never
/// change.
public final class DataFolderFiles {
  /// The file that marks a folder as the data folder of a server.
  public static final String MARKER = "lazaret-store";

  /// The file that the process which uses the folder has locked.
  public static final String LOCK = "lazaret-lock";

  /// The file with the addresses of the running server.
  public static final String LISTENING = "listening";

  /// The file with the administrator token of the server.
  public static final String ADMIN_TOKEN = "admin-token";

  /// The Unix socket of the desk, unless another path is configured.
  public static final String SOCKET = "desk.sock";

  /// The configuration of the store. Commands on the folder read it in place of the file and the
  /// variables of the user.
  public static final String CONFIGURATION = "lazaret-config.toml";

  /// The beginning of the name of the file with the last write of one of several servers. The id of
  /// their cluster follows.
  public static final String HEAD_OF_CLUSTER = "lazaret-head-";

  /// The suffix of the high-water mark of imports, a file next to the data folder with its name.
  public static final String HIGH_WATER = ".highwater";

  private DataFolderFiles() {}
}
