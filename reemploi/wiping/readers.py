"""Every reader of dropped files: those of captures and, from this stage, those of erasure logs."""

from reemploi.bench.recognise import CAPTURE_READERS, Reader
from reemploi.wiping import nwipe

READERS = (*CAPTURE_READERS, Reader("nwipe", nwipe.looks_like, nwipe.read))
