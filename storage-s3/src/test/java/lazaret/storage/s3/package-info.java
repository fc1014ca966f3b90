/// Tests of objects in buckets.
@NullMarked
package lazaret.storage.s3;

import org.jspecify.annotations.NullMarked;
