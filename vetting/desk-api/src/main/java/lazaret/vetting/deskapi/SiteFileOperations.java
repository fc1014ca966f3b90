package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.site.SiteFileCheckReply;
import lazaret.vetting.deskapi.site.SiteFileCopyReply;
import lazaret.vetting.deskapi.site.SiteFileCopyRequest;
import lazaret.vetting.deskapi.site.SiteFileExtractRequest;
import lazaret.vetting.deskapi.site.SiteFileRemovalReply;
import lazaret.vetting.deskapi.site.SiteFileRemovalRequest;
import lazaret.vetting.deskapi.site.SiteFilesReply;
import lazaret.vetting.deskapi.site.SiteFilesRequest;

/// The operations on files of a site.
public final class SiteFileOperations {
  /// Lists files of a site.
  public static final Operation<SiteFilesRequest, SiteFilesReply> SITE_FILES =
      Operation.get("siteFiles", "/site-files", SiteFilesRequest.class, SiteFilesReply.class)
          .access(Access.AUDIT)
          .summary("List files of a site");

  /// Removes a file of a site.
  public static final Operation<SiteFileRemovalRequest, SiteFileRemovalReply> REMOVE_SITE_FILE =
      Operation.post(
              "removeSiteFile",
              "/site-files/removals",
              SiteFileRemovalRequest.class,
              SiteFileRemovalReply.class)
          .access(Access.ADMIN)
          .summary("Remove a file of a site");

  /// Hashes all files of a site.
  public static final Operation<EmptyRequest, SiteFileCheckReply> CHECK_SITE_FILES =
      Operation.post(
              "checkSiteFiles", "/site-files/check", EmptyRequest.class, SiteFileCheckReply.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Hash all files of a site");

  /// Copies the files of a site into a folder, or back.
  public static final Operation<SiteFileCopyRequest, SiteFileCopyReply> COPY_SITE_FILES =
      Operation.post(
              "copySiteFiles",
              "/site-files/copies",
              SiteFileCopyRequest.class,
              SiteFileCopyReply.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Copy the files of a site into a folder or back");

  /// Writes the files of a collection into a folder.
  public static final Operation<SiteFileExtractRequest, SiteFileCopyReply> EXTRACT_SITE_FILES =
      Operation.post(
              "extractSiteFiles",
              "/site-files/extractions",
              SiteFileExtractRequest.class,
              SiteFileCopyReply.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Write the files of a collection into a folder");

  private SiteFileOperations() {}
}
