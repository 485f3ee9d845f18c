"""Why the system refused something, as a clause in the person's language."""

from __future__ import annotations

import errno

from config.words import N_, _

_KNOWN = {
    errno.EACCES: N_("you are not allowed to"),
    errno.EPERM: N_("you are not allowed to"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOSPC: N_("the disk is full"),
    getattr(errno, "EDQUOT", errno.ENOSPC): N_("the disk is full"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENOENT: N_("it is not there"),
    errno.ENOTDIR: N_("a part of the path is not a folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.ELOOP: N_("it is a link that leads elsewhere"),
    errno.EFBIG: N_("it would be too large"),
}


def reason(error: OSError) -> str:
    """The clause that ends a sentence after a colon, without a full stop; the system's own words where we have none."""
    known = _KNOWN.get(error.errno or 0)
    return _(known) if known else error.strerror or type(error).__name__
