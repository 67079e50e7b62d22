package io.github.layerc.peers;

/** The measurement cannot go on; the message is for the user. */
final class PeersException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PeersException(String message) {
        super(message);
    }
}
