/// Objects in a bucket of a store that speaks the protocol of Amazon S3.
@NullMarked
package lazaret.storage.s3;

import org.jspecify.annotations.NullMarked;
