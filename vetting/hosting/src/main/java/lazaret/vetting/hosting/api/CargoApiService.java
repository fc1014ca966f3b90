package lazaret.vetting.hosting.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.hosting.PublishOrder;
import lazaret.vetting.hosting.PublishResult;
import lazaret.vetting.hosting.PublishService;
import lazaret.vetting.hosting.owners.CrateOwner;
import lazaret.vetting.hosting.owners.CrateOwners;
import lazaret.vetting.hosting.owners.OwnerEntry;
import lazaret.vetting.hosting.owners.OwnerLookup;
import lazaret.vetting.hosting.owners.OwnerOrder;
import lazaret.vetting.hosting.owners.OwnerResult;
import lazaret.vetting.hosting.owners.OwnerRights;
import lazaret.vetting.hosting.owners.OwnerService;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.json.RecordCodec;
import lazaret.vetting.json.UnknownFields;
import lazaret.vetting.roles.DeskRole;

/// The requests of cargo that change or list private crates. Thread-safe; blocks.
///
/// Source: Cargo reference, *Registry Web API*.
public final class CargoApiService {
  /// The longest body of a change of owners, in bytes.
  public static final int MAX_OWNERS_BODY = 64 << 10;

  /// The largest number of hits of one search.
  public static final int MAX_HITS = 100;

  private static final RecordCodec JSON =
      RecordCodec.of(
          List.of(),
          new JsonLimits(MAX_OWNERS_BODY, 8, 1_000),
          UnknownFields.IGNORED,
          "the request");

  private final PublishService publishing;
  private final HostedSearch search;
  private final Owning owning;

  /// Creates the service.
  public CargoApiService(PublishService publishing, HostedSearch search, Owning owning) {
    this.publishing = publishing;
    this.search = search;
    this.owning = owning;
  }

  /// The parts that concern owners.
  ///
  /// @param owners the stored owners
  /// @param rights the rights of callers
  /// @param people the names of owners
  public record Owning(OwnerService owners, OwnerRights rights, OwnerLookup people) {}

  /// The body of a change of owners.
  ///
  /// @param users the owners
  record Logins(List<String> users) {
    /// Copies the list.
    Logins {
      users = List.copyOf(users);
    }
  }

  /// Publishes a version.
  public ApiReply publish(UploadRequest upload) {
    PublishBody body;
    try {
      body = PublishBody.parse(upload.body());
    } catch (MalformedException e) {
      return malformed(e);
    }
    PublishResult result =
        publishing.publish(
            new PublishOrder(
                upload.by(),
                upload.job(),
                upload.userAgent(),
                null,
                body.name(),
                body.version(),
                body.archive()));
    return switch (result) {
      case PublishResult.Accepted accepted -> published(accepted.warnings());
      case PublishResult.Held held -> held(held, upload.by());
      case PublishResult.Refused refused -> refused(refused);
    };
  }

  /// A person reads the warning while cargo waits. A job gets an error, so that it does not wait
  /// for a version that a person must release first.
  private static ApiReply held(PublishResult.Held held, Caller by) {
    String text =
        "%s %s is accepted and held for review: %s"
            .formatted(held.id().name().published(), held.id().version(), held.reason());
    if (OwnerRights.isJob(by)) {
      return ApiReply.error(200, text);
    }
    List<String> all = new ArrayList<>(List.of(text));
    all.addAll(held.warnings());
    return published(all);
  }

  private static ApiReply published(List<String> warnings) {
    return ApiReply.of(
        root ->
            root.object(
                "warnings",
                lists ->
                    lists
                        .texts("invalid_categories", List.of())
                        .texts("invalid_badges", List.of())
                        .texts("other", warnings.stream().map(ApiReply::printable).toList())));
  }

  /// Yanks a version, or undoes it.
  public ApiReply yank(Caller by, String crate, String version, boolean yanked) {
    return named(
        crate,
        version,
        (name, number) ->
            switch (publishing.yank(by, name, number, yanked)) {
              case PublishResult.Accepted _, PublishResult.Held _ ->
                  ApiReply.of(root -> root.put("ok", true));
              case PublishResult.Refused refused -> refused(refused);
            });
  }

  /// Lists the owners of a crate.
  public ApiReply owners(String crate) {
    return named(
        crate,
        "0.0.0",
        (name, _) -> {
          Optional<CrateOwners> found = owning.owners().find(name);
          return found.isEmpty()
              ? absent(name)
              : ApiReply.of(root -> root.list("users", found.get().owners(), this::user));
        });
  }

  private void user(JsonWriter out, OwnerEntry entry) {
    CrateOwner owner = entry.crateOwner();
    out.put("id", owner.id())
        .put("login", owner.login())
        .put("name", owning.people().displayName(owner));
  }

  /// Adds or removes owners of a crate.
  ///
  /// @param body a JSON object with the list `users`
  public ApiReply changeOwners(Caller by, String crate, boolean adds, Bytes body) {
    Logins logins;
    try {
      logins = JSON.decode(Logins.class, body);
    } catch (MalformedException e) {
      return malformed(e);
    }
    return named(
        crate,
        "0.0.0",
        (name, _) -> {
          if (owning.owners().find(name).isEmpty()) {
            return absent(name);
          }
          Optional<String> refusal = owning.rights().refusal(by, DeskRole.CHANGE_OWNERS, name);
          return refusal.isPresent()
              ? ApiReply.error(403, refusal.get())
              : changed(
                  owning.owners().change(new OwnerOrder(name, adds, logins.users()), by.owner()));
        });
  }

  private static ApiReply changed(OwnerResult result) {
    return switch (result) {
      case OwnerResult.Changed(String message) ->
          ApiReply.of(root -> root.put("ok", true).put("msg", ApiReply.printable(message)));
      case OwnerResult.Refused(ErrorCode code, String detail) ->
          ApiReply.error(
              code == ErrorCode.UNKNOWN ? 404 : code == ErrorCode.FORBIDDEN ? 403 : 400, detail);
    };
  }

  /// Searches for crates.
  ///
  /// @param most the wanted number of hits; it is kept from 1 to [#MAX_HITS]
  public ApiReply search(String words, int most) {
    HostedSearch.Found found = search.find(words, Math.clamp(most, 1, MAX_HITS));
    return ApiReply.of(
        root ->
            root.list(
                    "crates",
                    found.hits(),
                    (out, hit) ->
                        out.put("name", hit.name().published())
                            .put("max_version", hit.newest())
                            .put("description", hit.description()))
                .object("meta", meta -> meta.put("total", found.total())));
  }

  private static ApiReply named(
      String crate, String version, BiFunction<CrateName, CrateVersion, ApiReply> then) {
    CrateName name;
    CrateVersion number;
    try {
      name = CrateName.parse(crate);
      number = CrateVersion.parse(version);
    } catch (MalformedException e) {
      return ApiReply.error(404, "no version has this path: " + e.getMessage());
    }
    return then.apply(name, number);
  }

  private static ApiReply absent(CrateName name) {
    return ApiReply.error(404, "there is no crate %s in this registry".formatted(name.published()));
  }

  private static ApiReply refused(PublishResult.Refused refused) {
    return ApiReply.error(refused.cause().status(), refused.detail());
  }

  private static ApiReply malformed(MalformedException e) {
    return ApiReply.error(400, String.valueOf(e.getMessage()));
  }
}
