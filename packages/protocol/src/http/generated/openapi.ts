/** Generated from the contract by `npm run generate`. */
export interface paths {
    "/api/installation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What anybody may know of this installation */
        get: operations["getInstallation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bootstrap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes the operator's Account with the one-time bootstrap token */
        post: operations["bootstrap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes Account, Owner, User and a home Entity, and starts the claim of the first lock */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in with e-mail and password; the session is a cookie */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the session */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and where this person may work; null where nobody is */
        get: operations["getSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/dashboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics of the Entity */
        get: operations["getDashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/locks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All locks of the Entity */
        get: operations["listLocks"];
        put?: never;
        /** Add Lock: proves the code and starts the claim */
        post: operations["addLock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/locks/{lockId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One lock */
        get: operations["getLock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Edit: changes name, location and leaves of the lock */
        patch: operations["updateLock"];
        trace?: never;
    };
    "/api/entities/{entityId}/locks/{lockId}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Claim Lock: tries the claim of an unclaimed lock again */
        post: operations["claimLock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/locks/{lockId}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open Lock: sends a command that lives ten seconds */
        post: operations["openLock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/commands/{commandId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a command has come, as the door confirmed it */
        get: operations["getCommand"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Activity events, newest first */
        get: operations["listActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/activity.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export CSV: the events of the same filters, formula-safe */
        get: operations["exportActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/activity/{eventId}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why? at an event: the checks of the decision, by the access list that made it */
        get: operations["whyEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Outbox: the mails of this Entity; in a demo only */
        get: operations["listMails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Audit entries; a Local Admin sees those of own acts alone */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/audit/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who has acted in the Entity */
        get: operations["listAuditPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/audit.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export CSV: the entries of the same filters, formula-safe */
        get: operations["exportAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/audit/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Download checkpoint: signs the end of this Entity's chain, as a file to be kept elsewhere */
        post: operations["takeAuditCheckpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/guest-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create Guest Key */
        post: operations["createGuestKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys, newest first */
        get: operations["listKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One Key with what its doors have confirmed */
        get: operations["getKey"];
        put?: never;
        post?: never;
        /** Delete: revokes a guest Key at once */
        delete: operations["deleteKey"];
        options?: never;
        head?: never;
        /** Update: changes the validity or the card of a guest Key */
        patch: operations["updateKey"];
        trace?: never;
    };
    "/api/entities/{entityId}/keys/{keyId}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Shows the link and the PIN of a Key again; noted in the Audit */
        post: operations["showKeySecrets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/keys/{keyId}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** New picture: shares the QR of a guest Key as a static picture; older pictures stop opening */
        post: operations["shareKeyPicture"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/keys/{keyId}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send Email: mails the link of a guest Key */
        post: operations["sendKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/keys/{keyId}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why? at a Key: would it open, and if not, which check fails */
        get: operations["whyKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/key-page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What the holder of a link sees of its Key; changes nothing */
        post: operations["showKeyPage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/key-page/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open on the page of a Key: presents the Key at the lock, which decides */
        post: operations["openByKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/key-page/command": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How far an Open of this page has come */
        post: operations["followKeyCommand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Server-sent events: what has changed in the Entity */
        get: operations["followEntity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ErrorInput: {
            error: {
                /** @enum {string} */
                code: "invalid_input" | "malformed_request" | "idempotency_key_missing" | "not_signed_in" | "wrong_credentials" | "foreign_origin" | "not_permitted" | "step_up_needed" | "not_found" | "method_not_allowed" | "request_too_slow" | "registration_failed" | "claim_failed" | "bootstrap_failed" | "changed_meanwhile" | "idempotency_key_reused" | "key_ended" | "key_issues_spent" | "lock_not_active" | "lock_not_unclaimed" | "lock_offline" | "payload_too_large" | "unsupported_media_type" | "misdirected_request" | "headers_too_large" | "cooldown" | "too_many_requests" | "too_many_connections" | "internal_fault" | "temporarily_unavailable";
                message: string;
                requestId: string;
                retryAfterS?: number;
                issues?: {
                    path: string;
                    problem: string;
                }[];
            };
        };
        InstallationInput: {
            /** @enum {string} */
            mode: "demo" | "real";
            version: string;
            /** @description No operator exists yet */
            needsBootstrap: boolean;
        };
        MembershipInput: {
            /** Format: uuid */
            entityId: string;
            code: string;
            name: string;
            /** @enum {string} */
            kind: "home" | "community" | "commercial";
            zone: string;
            /** @enum {string} */
            role: "community_manager" | "local_admin" | "installer" | "resident";
            lockCount: number;
            /** @description The calls that this person may make in the Entity, by their operationId */
            readonly may: string[];
        };
        SessionInput: {
            account: {
                /** Format: uuid */
                id: string;
                email: string;
                isOperator: boolean;
            };
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            expiresAt: number;
            memberships: components["schemas"]["MembershipInput"][];
        };
        RegistrationInput: {
            /** Format: uuid */
            entityId: string;
            /** Format: uuid */
            lockId: string;
        };
        ProofUseInput: {
            /** @enum {string} */
            proof: "link" | "pin" | "qr" | "picture" | "card";
            /** @constant */
            opens: "alone";
        } | {
            /** @enum {string} */
            proof: "link" | "pin" | "qr" | "picture" | "card";
            /** @constant */
            opens: "together";
            readonly with: ("link" | "pin" | "qr" | "picture" | "card")[];
        } | {
            /** @enum {string} */
            proof: "link" | "pin" | "qr" | "picture" | "card";
            /** @constant */
            opens: "never";
            /** @enum {string} */
            obstacle: "no_keypad" | "no_qr_reader" | "no_card_reader" | "card_numbers_not_taken" | "assurance_too_low";
        };
        KeyInput: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            type: "app" | "smart" | "fingerprint" | "wallet" | "physical" | "intercom" | "guest" | "visitor" | "delivery" | "staff";
            /** @enum {string} */
            status: "active" | "not_yet" | "expired" | "available" | "pending" | "suspended" | "revoked";
            /** @description The User or the name that was given */
            holder: string;
            email?: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            validFrom?: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            validUntil?: number;
            /** @description Grants at each lock */
            maxUses?: number;
            /** @description Whether a lock of it has a keypad */
            hasPin: boolean;
            /** @description Absent: none was ever shared */
            picture?: {
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                sharedAt: number;
                /** @description Whether it still opens: a new issue ends older pictures */
                isCurrent: boolean;
            };
            /** @description RF card number */
            card?: {
                /** @description The last four hexadecimal digits of its number */
                ending: string;
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                givenAt: number;
            };
            bindings: {
                /** Format: uuid */
                lockId: string;
                lockName: string;
                /** @enum {string} */
                state: "active" | "suspended" | "revoked";
                capabilities: ("keypad" | "qr_reader" | "card_reader" | "nfc_programmer" | "remote_receiver" | "fingerprint_reader" | "lift_floors" | "phone_proximity" | "day_latch" | "permanent_open" | "party_mode")[];
                /** @description Of those that the Key has */
                readonly proofs: components["schemas"]["ProofUseInput"][];
                /** @description In all histories of the door, as it last told */
                usesSpent: number;
                enforcement: {
                    /** @constant */
                    state: "enforced";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                } | {
                    /** @constant */
                    state: "pending";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                    /** @enum {string} */
                    cause: "sending" | "refused_by_door" | "counters_in_doubt";
                } | {
                    /** @constant */
                    state: "offline";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                };
            }[];
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            createdAt: number;
            createdBy?: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            emailedAt?: number;
            /** @description Why the newest mail was not sent, in the words of the mail server */
            emailFailure?: string;
            /** @description Send it back with a change */
            version: number;
        };
        KeySecretsInput: {
            /** @description The page of the Key; the token is in the fragment */
            link: string;
            /** @description Where a lock of it takes it, alone or with another */
            pin?: string;
            /** @description The text in its static picture, where one was shared that still opens */
            picture?: string;
        };
        CreatedKeyInput: {
            key: components["schemas"]["KeyInput"];
            secrets: components["schemas"]["KeySecretsInput"];
        };
        WhyInput: {
            answer: {
                /** @description Its place in the file, from 0 */
                attempt: number;
                lock: string;
                /** Format: date-time */
                at: string;
                /** @enum {string} */
                decision: "granted" | "denied";
                /** @enum {string} */
                reason: "granted" | "malformed" | "throttled" | "unknown_credential" | "bad_signature" | "wrong_lock" | "revoked" | "pending" | "holder_suspended" | "profile_blocked" | "lock_inactive" | "lockdown" | "not_yet_valid" | "expired" | "clock_uncertain" | "outside_repeat_window" | "outside_profile_schedule" | "outside_lock_schedule" | "holiday" | "method_not_allowed" | "assurance_too_low" | "floor_not_allowed" | "second_factor_needed" | "replayed" | "passed_back" | "first_person_missing" | "uses_exhausted" | "access_list_too_old" | "cannot_be_recorded" | "internal_fault" | "cooldown" | "offline";
                /** @description The Key the credential belongs to, when it was recognised */
                key?: string;
                checks: {
                    /** @enum {string} */
                    check: "malformed" | "throttled" | "unknown_credential" | "bad_signature" | "wrong_lock" | "revoked" | "pending" | "holder_suspended" | "profile_blocked" | "lock_inactive" | "lockdown" | "not_yet_valid" | "expired" | "clock_uncertain" | "outside_repeat_window" | "outside_profile_schedule" | "outside_lock_schedule" | "holiday" | "method_not_allowed" | "assurance_too_low" | "floor_not_allowed" | "second_factor_needed" | "replayed" | "passed_back" | "first_person_missing" | "uses_exhausted" | "access_list_too_old" | "cannot_be_recorded" | "internal_fault" | "cooldown";
                    /** @enum {string} */
                    result: "passed" | "failed" | "not_tested";
                }[];
                /** @description The floors released, at a lock with lift floors */
                floors?: number[];
                /** @enum {string} */
                doorMode?: "day_latch" | "permanent_open" | "party";
                silentAlarm: boolean;
                uses?: {
                    spent: number;
                    max: number;
                };
                /** @description What came of a second factor that is not the same holder's: an attempt of its own */
                apart?: {
                    /** @enum {string} */
                    decision: "granted" | "denied";
                    /** @enum {string} */
                    reason: "granted" | "malformed" | "throttled" | "unknown_credential" | "bad_signature" | "wrong_lock" | "revoked" | "pending" | "holder_suspended" | "profile_blocked" | "lock_inactive" | "lockdown" | "not_yet_valid" | "expired" | "clock_uncertain" | "outside_repeat_window" | "outside_profile_schedule" | "outside_lock_schedule" | "holiday" | "method_not_allowed" | "assurance_too_low" | "floor_not_allowed" | "second_factor_needed" | "replayed" | "passed_back" | "first_person_missing" | "uses_exhausted" | "access_list_too_old" | "cannot_be_recorded" | "internal_fault" | "cooldown" | "offline";
                    key?: string;
                    silentAlarm: boolean;
                };
            };
            /** @description At a Key; an event was decided by what the door had */
            door?: {
                /** @enum {string} */
                state: "active" | "suspended" | "revoked";
                enforcement: {
                    /** @constant */
                    state: "enforced";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                } | {
                    /** @constant */
                    state: "pending";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                    /** @enum {string} */
                    cause: "sending" | "refused_by_door" | "counters_in_doubt";
                } | {
                    /** @constant */
                    state: "offline";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                };
                /** @description While the door is away, whatever it has */
                offlineSince?: number;
            };
            /**
             * @description What is, with holder_suspended
             * @enum {string}
             */
            suspended?: "holder" | "key" | "binding" | "credential";
            /** @description The door did not know this Key yet and took what its QR says: no checks are told */
            isByRuleOfQr?: boolean;
            /** @description The reason that the door gave, where it knew what the server cannot know */
            differs?: string;
        };
        ActivityEventInput: {
            /** @description device.logEpoch.sequence */
            id: string;
            /** Format: uuid */
            lockId: string;
            lockName: string;
            /** @enum {string} */
            type: "key_accepted" | "key_refused" | "lock_unlocked" | "lock_relocked" | "door_opened" | "door_closed" | "exit_requested" | "door_held_open" | "door_forced" | "tampered" | "tamper_cleared" | "command_refused" | "command_dropped" | "silent_alarm" | "reader_paused" | "list_taken" | "list_refused" | "message_refused" | "device_started" | "link_lost" | "link_restored" | "clock_set" | "events_lost" | "log_nearly_full" | "older_disk" | "events_unknown" | "counters_returned" | "server_restored" | "memory_damaged";
            /** @description The door's clock */
            at: number;
            /** @description How far the clock of the door may be off */
            uncertaintyMs: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            receivedAt: number;
            sequence: number;
            logEpoch: number;
            /** @enum {string} */
            method?: "command" | "exit" | "pin" | "qr" | "pass" | "card" | "button" | "finger" | "app" | "link" | "keyless_go" | "auto_unlock";
            /** @description Of a picture that does not move */
            isStatic?: boolean;
            /**
             * @description The second factor, where it was a right one
             * @enum {string}
             */
            second?: "pin" | "qr" | "pass" | "card" | "button" | "finger" | "app" | "link" | "keyless_go" | "auto_unlock";
            /** @enum {string} */
            reason?: "granted" | "malformed" | "throttled" | "unknown_credential" | "bad_signature" | "wrong_lock" | "revoked" | "pending" | "holder_suspended" | "profile_blocked" | "lock_inactive" | "lockdown" | "not_yet_valid" | "expired" | "clock_uncertain" | "outside_repeat_window" | "outside_profile_schedule" | "outside_lock_schedule" | "holiday" | "method_not_allowed" | "assurance_too_low" | "floor_not_allowed" | "second_factor_needed" | "replayed" | "passed_back" | "first_person_missing" | "uses_exhausted" | "access_list_too_old" | "cannot_be_recorded" | "internal_fault" | "cooldown" | "offline";
            /**
             * Format: uuid
             * @description The Key that it is about, where the server knows it
             */
            keyId?: string;
            /** @description Who asked for it, as this Entity knows the person */
            person?: string;
            /** Format: uuid */
            commandId?: string;
            /** @description Of events_unknown: from here until `at` nothing is known of the door */
            unknownSince?: number;
            /** @description What was added, for Advanced: mostly a code with its numbers, `keys 12` */
            detail?: string;
        };
        DashboardInput: {
            locks: {
                total: number;
                active: number;
                online: number;
            };
            /** @description Locks that were unlocked, opened afterwards or not */
            unlockedToday: number;
            /** @description By hour of the Entity's day */
            unlockedByHour: number[];
            refusalsToday: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            lastEventAt?: number;
        };
        AuditEntryInput: {
            /** @description The number in the Entity's chain */
            sequence: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            at: number;
            /** @description Of repeats: when the first of them came */
            firstAt?: number;
            /** @description So many calls are this one entry */
            count: number;
            /** @description One of the known operations, or of an older version */
            operation: string;
            objectType?: string;
            /** Format: uuid */
            objectId?: string;
            /** @description What it is called: a lock, an Entity, the holder of a Key */
            objectName?: string;
            /** @enum {string} */
            outcome: "done" | "refused" | "failed";
            /** @description Why it was refused: a code of the catalogue */
            code?: string;
            /** @description What the code does not tell */
            cause?: string;
            /** @description Why the person did it, where a form asked */
            reason?: string;
            /** Format: uuid */
            userId?: string;
            /** @description The name that the person had */
            name?: string;
            /** @description Where the call came from */
            address?: string;
            /** @constant */
            isActorErased?: true;
            /**
             * Format: uuid
             * @description On whose behalf
             */
            mandateId?: string;
            before?: {
                [key: string]: unknown;
            };
            after?: {
                [key: string]: unknown;
            };
            requestId?: string;
            /** @description SHA-256 of the entry and of all before it, in hexadecimal */
            hash: string;
        };
        LockInput: {
            /** Format: uuid */
            id: string;
            name: string;
            location: string;
            /** @enum {string} */
            status: "unclaimed" | "claiming" | "active" | "inactive" | "error";
            /** @description While claiming: when it falls back to unclaimed */
            claimExpiresAt?: number;
            serial: string;
            model: string;
            isOnline: boolean;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            offlineSince?: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            lastActivityAt?: number;
            door: {
                /** @enum {string} */
                state: "secured" | "unlocked" | "open" | "held_open" | "forced_open" | "unknown";
                isTampered: boolean;
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                since?: number;
            };
            /** @description While an older disk runs there: Keys with a number of uses wait for their counters */
            olderDisk?: {
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                since: number;
                /** @enum {string} */
                cause: "other_history" | "earlier_boot";
            };
            /**
             * @description What proves less is assurance_too_low
             * @enum {string}
             */
            minimumAssurance: "low" | "medium" | "high";
            /** @description Static pictures of permanent Keys, not only of guests */
            takesStaticQr: boolean;
            /** @description Bare card numbers, which can be copied */
            takesCardNumbers: boolean;
            /** @description How far the door has what is wanted there; absent before its first list */
            accessList?: {
                /** @constant */
                state: "enforced";
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                since: number;
            } | {
                /** @constant */
                state: "pending";
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                since: number;
                /** @enum {string} */
                cause: "sending" | "refused_by_door" | "counters_in_doubt";
            } | {
                /** @constant */
                state: "offline";
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                since: number;
            };
            /** @description How long an opening leaves it unlocked, in milliseconds */
            unlockForMs: number;
            /** @description While it cools down: when Open works again */
            openableAt?: number;
            /** @description Send it back with a change */
            version: number;
        };
        CommandInput: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            lockId: string;
            /** @constant */
            type: "open";
            /** @enum {string} */
            stage: "issued" | "sent" | "expired" | "refused" | "accepted" | "unlocked" | "opened" | "interrupted" | "relocked" | "closed";
            /** @enum {string} */
            reason?: "granted" | "malformed" | "throttled" | "unknown_credential" | "bad_signature" | "wrong_lock" | "revoked" | "pending" | "holder_suspended" | "profile_blocked" | "lock_inactive" | "lockdown" | "not_yet_valid" | "expired" | "clock_uncertain" | "outside_repeat_window" | "outside_profile_schedule" | "outside_lock_schedule" | "holiday" | "method_not_allowed" | "assurance_too_low" | "floor_not_allowed" | "second_factor_needed" | "replayed" | "passed_back" | "first_person_missing" | "uses_exhausted" | "access_list_too_old" | "cannot_be_recorded" | "internal_fault" | "cooldown" | "offline";
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            issuedAt: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            notAfter: number;
            /** @description The ladder so far: when the door told of each rung, or when its log says that it was */
            stages: {
                /** @enum {string} */
                stage: "issued" | "sent" | "expired" | "refused" | "accepted" | "unlocked" | "opened" | "interrupted" | "relocked" | "closed";
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                at: number;
            }[];
        };
        ShownKeyInput: {
            place: string;
            address: string;
            zone: string;
            name: string;
            /** @enum {string} */
            status: "active" | "not_yet" | "expired" | "available" | "pending" | "suspended" | "revoked";
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            validFrom?: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            validUntil?: number;
            maxUses?: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            serverAt: number;
            /** @description While it is valid, where a lock takes it */
            pin?: string;
            /** @description base64url; where a lock takes it */
            qr?: {
                body: string;
                signature: string;
                stepSecret: string;
            };
            /** @description Whether a static picture was shared that still opens */
            hasPicture: boolean;
            locks: {
                /** Format: uuid */
                id: string;
                name: string;
                location: string;
                /** @description Of those that the Key has */
                readonly proofs: components["schemas"]["ProofUseInput"][];
                /** @description What the door does not have yet; while it is offline, since then */
                waiting?: {
                    /** @enum {string} */
                    for: "key" | "change" | "counters";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                    /** @description Whether its QR opens meanwhile (SEMANTICS C3) */
                    takesQr: boolean;
                };
                isOnline: boolean;
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                offlineSince?: number;
                /** @description How long an opening leaves it unlocked, in milliseconds */
                unlockForMs: number;
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                openableAt?: number;
                usesLeft?: number;
            }[];
        };
        KeyCommandInput: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            lockId: string;
            /** @enum {string} */
            stage: "issued" | "sent" | "expired" | "refused" | "accepted" | "unlocked" | "opened" | "interrupted" | "relocked" | "closed";
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            issuedAt: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            notAfter: number;
            /** @description The ladder so far: when the door told of each rung, or when its log says that it was */
            stages: {
                /** @enum {string} */
                stage: "issued" | "sent" | "expired" | "refused" | "accepted" | "unlocked" | "opened" | "interrupted" | "relocked" | "closed";
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                at: number;
            }[];
            /** @enum {string} */
            reason?: "granted" | "malformed" | "throttled" | "unknown_credential" | "bad_signature" | "wrong_lock" | "revoked" | "pending" | "holder_suspended" | "profile_blocked" | "lock_inactive" | "lockdown" | "not_yet_valid" | "expired" | "clock_uncertain" | "outside_repeat_window" | "outside_profile_schedule" | "outside_lock_schedule" | "holiday" | "method_not_allowed" | "assurance_too_low" | "floor_not_allowed" | "second_factor_needed" | "replayed" | "passed_back" | "first_person_missing" | "uses_exhausted" | "access_list_too_old" | "cannot_be_recorded" | "internal_fault" | "cooldown" | "offline";
            /** @description What the Key has left at this lock now; absent where it has no maximum */
            uses?: {
                left: number;
                max: number;
            };
        };
        MailInput: {
            /** Format: uuid */
            id: string;
            to: string;
            subject: string;
            text: string;
            /** @description The text in the QR that is attached as a picture */
            picture?: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            createdAt: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            sentAt?: number;
            /** @description Why it was not sent, in the words of the mail server */
            failure?: string;
        };
        EnrolmentHelloInput: {
            serial: string;
            agentVersion: string;
        };
        EnrolmentAnswerInput: {
            /** @constant */
            status: "waiting";
        } | {
            /** @constant */
            status: "challenge";
            /** Format: uuid */
            claimId: string;
            nonce: string;
        };
        EnrolmentProofInput: {
            serial: string;
            /** Format: uuid */
            claimId: string;
            identityKey: string;
            /** @description PKCS #10, PEM */
            certificateRequest: string;
            mac: string;
            signature: string;
        };
        DoorSecretsInput: {
            /** @description Keys the digests of this door's PINs and cards */
            pepper: string;
            /** @description Salts the slow digest of the Entity's PINs */
            pinSalt: string;
            /** @description Proves the steps of the Entity's rotating QRs */
            qrSecret: string;
        };
        OwnershipInput: {
            /** Format: uuid */
            deviceId: string;
            ownershipEpoch: number;
            /** @description PEM */
            certificate: string;
            brokerUrl: string;
            serverKeys: string[];
            serverAt: number;
            secrets: components["schemas"]["DoorSecretsInput"];
            locks: {
                number: number;
                unlockForMs: number;
                heldOpenAfterMs: number;
            }[];
        };
        RenewalRequestInput: {
            /** Format: uuid */
            deviceId: string;
            ownershipEpoch: number;
            /** @description PKCS #10, PEM */
            certificateRequest: string;
            signature: string;
        };
        RenewalAnswerInput: {
            certificate: string;
            secrets: components["schemas"]["DoorSecretsInput"];
        };
        Error: {
            error: {
                /** @enum {string} */
                code: "invalid_input" | "malformed_request" | "idempotency_key_missing" | "not_signed_in" | "wrong_credentials" | "foreign_origin" | "not_permitted" | "step_up_needed" | "not_found" | "method_not_allowed" | "request_too_slow" | "registration_failed" | "claim_failed" | "bootstrap_failed" | "changed_meanwhile" | "idempotency_key_reused" | "key_ended" | "key_issues_spent" | "lock_not_active" | "lock_not_unclaimed" | "lock_offline" | "payload_too_large" | "unsupported_media_type" | "misdirected_request" | "headers_too_large" | "cooldown" | "too_many_requests" | "too_many_connections" | "internal_fault" | "temporarily_unavailable";
                message: string;
                requestId: string;
                retryAfterS?: number;
                issues?: {
                    path: string;
                    problem: string;
                }[];
            };
        };
        Installation: {
            /** @enum {string} */
            mode: "demo" | "real";
            version: string;
            /** @description No operator exists yet */
            needsBootstrap: boolean;
        };
        Membership: {
            /** Format: uuid */
            entityId: string;
            code: string;
            name: string;
            /** @enum {string} */
            kind: "home" | "community" | "commercial";
            zone: string;
            /** @enum {string} */
            role: "community_manager" | "local_admin" | "installer" | "resident";
            lockCount: number;
            /** @description The calls that this person may make in the Entity, by their operationId */
            readonly may: string[];
        };
        Session: {
            account: {
                /** Format: uuid */
                id: string;
                email: string;
                isOperator: boolean;
            };
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            expiresAt: number;
            memberships: components["schemas"]["Membership"][];
        };
        Registration: {
            /** Format: uuid */
            entityId: string;
            /** Format: uuid */
            lockId: string;
        };
        ProofUse: {
            /** @enum {string} */
            proof: "link" | "pin" | "qr" | "picture" | "card";
            /** @constant */
            opens: "alone";
        } | {
            /** @enum {string} */
            proof: "link" | "pin" | "qr" | "picture" | "card";
            /** @constant */
            opens: "together";
            readonly with: ("link" | "pin" | "qr" | "picture" | "card")[];
        } | {
            /** @enum {string} */
            proof: "link" | "pin" | "qr" | "picture" | "card";
            /** @constant */
            opens: "never";
            /** @enum {string} */
            obstacle: "no_keypad" | "no_qr_reader" | "no_card_reader" | "card_numbers_not_taken" | "assurance_too_low";
        };
        Key: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            type: "app" | "smart" | "fingerprint" | "wallet" | "physical" | "intercom" | "guest" | "visitor" | "delivery" | "staff";
            /** @enum {string} */
            status: "active" | "not_yet" | "expired" | "available" | "pending" | "suspended" | "revoked";
            /** @description The User or the name that was given */
            holder: string;
            email?: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            validFrom?: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            validUntil?: number;
            /** @description Grants at each lock */
            maxUses?: number;
            /** @description Whether a lock of it has a keypad */
            hasPin: boolean;
            /** @description Absent: none was ever shared */
            picture?: {
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                sharedAt: number;
                /** @description Whether it still opens: a new issue ends older pictures */
                isCurrent: boolean;
            };
            /** @description RF card number */
            card?: {
                /** @description The last four hexadecimal digits of its number */
                ending: string;
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                givenAt: number;
            };
            bindings: {
                /** Format: uuid */
                lockId: string;
                lockName: string;
                /** @enum {string} */
                state: "active" | "suspended" | "revoked";
                capabilities: ("keypad" | "qr_reader" | "card_reader" | "nfc_programmer" | "remote_receiver" | "fingerprint_reader" | "lift_floors" | "phone_proximity" | "day_latch" | "permanent_open" | "party_mode")[];
                /** @description Of those that the Key has */
                readonly proofs: components["schemas"]["ProofUse"][];
                /** @description In all histories of the door, as it last told */
                usesSpent: number;
                enforcement: {
                    /** @constant */
                    state: "enforced";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                } | {
                    /** @constant */
                    state: "pending";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                    /** @enum {string} */
                    cause: "sending" | "refused_by_door" | "counters_in_doubt";
                } | {
                    /** @constant */
                    state: "offline";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                };
            }[];
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            createdAt: number;
            createdBy?: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            emailedAt?: number;
            /** @description Why the newest mail was not sent, in the words of the mail server */
            emailFailure?: string;
            /** @description Send it back with a change */
            version: number;
        };
        KeySecrets: {
            /** @description The page of the Key; the token is in the fragment */
            link: string;
            /** @description Where a lock of it takes it, alone or with another */
            pin?: string;
            /** @description The text in its static picture, where one was shared that still opens */
            picture?: string;
        };
        CreatedKey: {
            key: components["schemas"]["Key"];
            secrets: components["schemas"]["KeySecrets"];
        };
        Why: {
            answer: {
                /** @description Its place in the file, from 0 */
                attempt: number;
                lock: string;
                /** Format: date-time */
                at: string;
                /** @enum {string} */
                decision: "granted" | "denied";
                /** @enum {string} */
                reason: "granted" | "malformed" | "throttled" | "unknown_credential" | "bad_signature" | "wrong_lock" | "revoked" | "pending" | "holder_suspended" | "profile_blocked" | "lock_inactive" | "lockdown" | "not_yet_valid" | "expired" | "clock_uncertain" | "outside_repeat_window" | "outside_profile_schedule" | "outside_lock_schedule" | "holiday" | "method_not_allowed" | "assurance_too_low" | "floor_not_allowed" | "second_factor_needed" | "replayed" | "passed_back" | "first_person_missing" | "uses_exhausted" | "access_list_too_old" | "cannot_be_recorded" | "internal_fault" | "cooldown" | "offline";
                /** @description The Key the credential belongs to, when it was recognised */
                key?: string;
                checks: {
                    /** @enum {string} */
                    check: "malformed" | "throttled" | "unknown_credential" | "bad_signature" | "wrong_lock" | "revoked" | "pending" | "holder_suspended" | "profile_blocked" | "lock_inactive" | "lockdown" | "not_yet_valid" | "expired" | "clock_uncertain" | "outside_repeat_window" | "outside_profile_schedule" | "outside_lock_schedule" | "holiday" | "method_not_allowed" | "assurance_too_low" | "floor_not_allowed" | "second_factor_needed" | "replayed" | "passed_back" | "first_person_missing" | "uses_exhausted" | "access_list_too_old" | "cannot_be_recorded" | "internal_fault" | "cooldown";
                    /** @enum {string} */
                    result: "passed" | "failed" | "not_tested";
                }[];
                /** @description The floors released, at a lock with lift floors */
                floors?: number[];
                /** @enum {string} */
                doorMode?: "day_latch" | "permanent_open" | "party";
                silentAlarm: boolean;
                uses?: {
                    spent: number;
                    max: number;
                };
                /** @description What came of a second factor that is not the same holder's: an attempt of its own */
                apart?: {
                    /** @enum {string} */
                    decision: "granted" | "denied";
                    /** @enum {string} */
                    reason: "granted" | "malformed" | "throttled" | "unknown_credential" | "bad_signature" | "wrong_lock" | "revoked" | "pending" | "holder_suspended" | "profile_blocked" | "lock_inactive" | "lockdown" | "not_yet_valid" | "expired" | "clock_uncertain" | "outside_repeat_window" | "outside_profile_schedule" | "outside_lock_schedule" | "holiday" | "method_not_allowed" | "assurance_too_low" | "floor_not_allowed" | "second_factor_needed" | "replayed" | "passed_back" | "first_person_missing" | "uses_exhausted" | "access_list_too_old" | "cannot_be_recorded" | "internal_fault" | "cooldown" | "offline";
                    key?: string;
                    silentAlarm: boolean;
                };
            };
            /** @description At a Key; an event was decided by what the door had */
            door?: {
                /** @enum {string} */
                state: "active" | "suspended" | "revoked";
                enforcement: {
                    /** @constant */
                    state: "enforced";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                } | {
                    /** @constant */
                    state: "pending";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                    /** @enum {string} */
                    cause: "sending" | "refused_by_door" | "counters_in_doubt";
                } | {
                    /** @constant */
                    state: "offline";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                };
                /** @description While the door is away, whatever it has */
                offlineSince?: number;
            };
            /**
             * @description What is, with holder_suspended
             * @enum {string}
             */
            suspended?: "holder" | "key" | "binding" | "credential";
            /** @description The door did not know this Key yet and took what its QR says: no checks are told */
            isByRuleOfQr?: boolean;
            /** @description The reason that the door gave, where it knew what the server cannot know */
            differs?: string;
        };
        ActivityEvent: {
            /** @description device.logEpoch.sequence */
            id: string;
            /** Format: uuid */
            lockId: string;
            lockName: string;
            /** @enum {string} */
            type: "key_accepted" | "key_refused" | "lock_unlocked" | "lock_relocked" | "door_opened" | "door_closed" | "exit_requested" | "door_held_open" | "door_forced" | "tampered" | "tamper_cleared" | "command_refused" | "command_dropped" | "silent_alarm" | "reader_paused" | "list_taken" | "list_refused" | "message_refused" | "device_started" | "link_lost" | "link_restored" | "clock_set" | "events_lost" | "log_nearly_full" | "older_disk" | "events_unknown" | "counters_returned" | "server_restored" | "memory_damaged";
            /** @description The door's clock */
            at: number;
            /** @description How far the clock of the door may be off */
            uncertaintyMs: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            receivedAt: number;
            sequence: number;
            logEpoch: number;
            /** @enum {string} */
            method?: "command" | "exit" | "pin" | "qr" | "pass" | "card" | "button" | "finger" | "app" | "link" | "keyless_go" | "auto_unlock";
            /** @description Of a picture that does not move */
            isStatic?: boolean;
            /**
             * @description The second factor, where it was a right one
             * @enum {string}
             */
            second?: "pin" | "qr" | "pass" | "card" | "button" | "finger" | "app" | "link" | "keyless_go" | "auto_unlock";
            /** @enum {string} */
            reason?: "granted" | "malformed" | "throttled" | "unknown_credential" | "bad_signature" | "wrong_lock" | "revoked" | "pending" | "holder_suspended" | "profile_blocked" | "lock_inactive" | "lockdown" | "not_yet_valid" | "expired" | "clock_uncertain" | "outside_repeat_window" | "outside_profile_schedule" | "outside_lock_schedule" | "holiday" | "method_not_allowed" | "assurance_too_low" | "floor_not_allowed" | "second_factor_needed" | "replayed" | "passed_back" | "first_person_missing" | "uses_exhausted" | "access_list_too_old" | "cannot_be_recorded" | "internal_fault" | "cooldown" | "offline";
            /**
             * Format: uuid
             * @description The Key that it is about, where the server knows it
             */
            keyId?: string;
            /** @description Who asked for it, as this Entity knows the person */
            person?: string;
            /** Format: uuid */
            commandId?: string;
            /** @description Of events_unknown: from here until `at` nothing is known of the door */
            unknownSince?: number;
            /** @description What was added, for Advanced: mostly a code with its numbers, `keys 12` */
            detail?: string;
        };
        Dashboard: {
            locks: {
                total: number;
                active: number;
                online: number;
            };
            /** @description Locks that were unlocked, opened afterwards or not */
            unlockedToday: number;
            /** @description By hour of the Entity's day */
            unlockedByHour: number[];
            refusalsToday: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            lastEventAt?: number;
        };
        AuditEntry: {
            /** @description The number in the Entity's chain */
            sequence: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            at: number;
            /** @description Of repeats: when the first of them came */
            firstAt?: number;
            /** @description So many calls are this one entry */
            count: number;
            /** @description One of the known operations, or of an older version */
            operation: string;
            objectType?: string;
            /** Format: uuid */
            objectId?: string;
            /** @description What it is called: a lock, an Entity, the holder of a Key */
            objectName?: string;
            /** @enum {string} */
            outcome: "done" | "refused" | "failed";
            /** @description Why it was refused: a code of the catalogue */
            code?: string;
            /** @description What the code does not tell */
            cause?: string;
            /** @description Why the person did it, where a form asked */
            reason?: string;
            /** Format: uuid */
            userId?: string;
            /** @description The name that the person had */
            name?: string;
            /** @description Where the call came from */
            address?: string;
            /** @constant */
            isActorErased?: true;
            /**
             * Format: uuid
             * @description On whose behalf
             */
            mandateId?: string;
            before?: {
                [key: string]: unknown;
            };
            after?: {
                [key: string]: unknown;
            };
            requestId?: string;
            /** @description SHA-256 of the entry and of all before it, in hexadecimal */
            hash: string;
        };
        Lock: {
            /** Format: uuid */
            id: string;
            name: string;
            location: string;
            /** @enum {string} */
            status: "unclaimed" | "claiming" | "active" | "inactive" | "error";
            /** @description While claiming: when it falls back to unclaimed */
            claimExpiresAt?: number;
            serial: string;
            model: string;
            isOnline: boolean;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            offlineSince?: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            lastActivityAt?: number;
            door: {
                /** @enum {string} */
                state: "secured" | "unlocked" | "open" | "held_open" | "forced_open" | "unknown";
                isTampered: boolean;
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                since?: number;
            };
            /** @description While an older disk runs there: Keys with a number of uses wait for their counters */
            olderDisk?: {
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                since: number;
                /** @enum {string} */
                cause: "other_history" | "earlier_boot";
            };
            /**
             * @description What proves less is assurance_too_low
             * @enum {string}
             */
            minimumAssurance: "low" | "medium" | "high";
            /** @description Static pictures of permanent Keys, not only of guests */
            takesStaticQr: boolean;
            /** @description Bare card numbers, which can be copied */
            takesCardNumbers: boolean;
            /** @description How far the door has what is wanted there; absent before its first list */
            accessList?: {
                /** @constant */
                state: "enforced";
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                since: number;
            } | {
                /** @constant */
                state: "pending";
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                since: number;
                /** @enum {string} */
                cause: "sending" | "refused_by_door" | "counters_in_doubt";
            } | {
                /** @constant */
                state: "offline";
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                since: number;
            };
            /** @description How long an opening leaves it unlocked, in milliseconds */
            unlockForMs: number;
            /** @description While it cools down: when Open works again */
            openableAt?: number;
            /** @description Send it back with a change */
            version: number;
        };
        Command: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            lockId: string;
            /** @constant */
            type: "open";
            /** @enum {string} */
            stage: "issued" | "sent" | "expired" | "refused" | "accepted" | "unlocked" | "opened" | "interrupted" | "relocked" | "closed";
            /** @enum {string} */
            reason?: "granted" | "malformed" | "throttled" | "unknown_credential" | "bad_signature" | "wrong_lock" | "revoked" | "pending" | "holder_suspended" | "profile_blocked" | "lock_inactive" | "lockdown" | "not_yet_valid" | "expired" | "clock_uncertain" | "outside_repeat_window" | "outside_profile_schedule" | "outside_lock_schedule" | "holiday" | "method_not_allowed" | "assurance_too_low" | "floor_not_allowed" | "second_factor_needed" | "replayed" | "passed_back" | "first_person_missing" | "uses_exhausted" | "access_list_too_old" | "cannot_be_recorded" | "internal_fault" | "cooldown" | "offline";
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            issuedAt: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            notAfter: number;
            /** @description The ladder so far: when the door told of each rung, or when its log says that it was */
            stages: {
                /** @enum {string} */
                stage: "issued" | "sent" | "expired" | "refused" | "accepted" | "unlocked" | "opened" | "interrupted" | "relocked" | "closed";
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                at: number;
            }[];
        };
        ShownKey: {
            place: string;
            address: string;
            zone: string;
            name: string;
            /** @enum {string} */
            status: "active" | "not_yet" | "expired" | "available" | "pending" | "suspended" | "revoked";
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            validFrom?: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            validUntil?: number;
            maxUses?: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            serverAt: number;
            /** @description While it is valid, where a lock takes it */
            pin?: string;
            /** @description base64url; where a lock takes it */
            qr?: {
                body: string;
                signature: string;
                stepSecret: string;
            };
            /** @description Whether a static picture was shared that still opens */
            hasPicture: boolean;
            locks: {
                /** Format: uuid */
                id: string;
                name: string;
                location: string;
                /** @description Of those that the Key has */
                readonly proofs: components["schemas"]["ProofUse"][];
                /** @description What the door does not have yet; while it is offline, since then */
                waiting?: {
                    /** @enum {string} */
                    for: "key" | "change" | "counters";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                    /** @description Whether its QR opens meanwhile (SEMANTICS C3) */
                    takesQr: boolean;
                };
                isOnline: boolean;
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                offlineSince?: number;
                /** @description How long an opening leaves it unlocked, in milliseconds */
                unlockForMs: number;
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                openableAt?: number;
                usesLeft?: number;
            }[];
        };
        KeyCommand: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            lockId: string;
            /** @enum {string} */
            stage: "issued" | "sent" | "expired" | "refused" | "accepted" | "unlocked" | "opened" | "interrupted" | "relocked" | "closed";
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            issuedAt: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            notAfter: number;
            /** @description The ladder so far: when the door told of each rung, or when its log says that it was */
            stages: {
                /** @enum {string} */
                stage: "issued" | "sent" | "expired" | "refused" | "accepted" | "unlocked" | "opened" | "interrupted" | "relocked" | "closed";
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                at: number;
            }[];
            /** @enum {string} */
            reason?: "granted" | "malformed" | "throttled" | "unknown_credential" | "bad_signature" | "wrong_lock" | "revoked" | "pending" | "holder_suspended" | "profile_blocked" | "lock_inactive" | "lockdown" | "not_yet_valid" | "expired" | "clock_uncertain" | "outside_repeat_window" | "outside_profile_schedule" | "outside_lock_schedule" | "holiday" | "method_not_allowed" | "assurance_too_low" | "floor_not_allowed" | "second_factor_needed" | "replayed" | "passed_back" | "first_person_missing" | "uses_exhausted" | "access_list_too_old" | "cannot_be_recorded" | "internal_fault" | "cooldown" | "offline";
            /** @description What the Key has left at this lock now; absent where it has no maximum */
            uses?: {
                left: number;
                max: number;
            };
        };
        Mail: {
            /** Format: uuid */
            id: string;
            to: string;
            subject: string;
            text: string;
            /** @description The text in the QR that is attached as a picture */
            picture?: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            createdAt: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            sentAt?: number;
            /** @description Why it was not sent, in the words of the mail server */
            failure?: string;
        };
        EnrolmentHello: {
            serial: string;
            agentVersion: string;
        };
        EnrolmentAnswer: {
            /** @constant */
            status: "waiting";
        } | {
            /** @constant */
            status: "challenge";
            /** Format: uuid */
            claimId: string;
            nonce: string;
        };
        EnrolmentProof: {
            serial: string;
            /** Format: uuid */
            claimId: string;
            identityKey: string;
            /** @description PKCS #10, PEM */
            certificateRequest: string;
            mac: string;
            signature: string;
        };
        DoorSecrets: {
            /** @description Keys the digests of this door's PINs and cards */
            pepper: string;
            /** @description Salts the slow digest of the Entity's PINs */
            pinSalt: string;
            /** @description Proves the steps of the Entity's rotating QRs */
            qrSecret: string;
        };
        Ownership: {
            /** Format: uuid */
            deviceId: string;
            ownershipEpoch: number;
            /** @description PEM */
            certificate: string;
            brokerUrl: string;
            serverKeys: string[];
            serverAt: number;
            secrets: components["schemas"]["DoorSecrets"];
            locks: {
                number: number;
                unlockForMs: number;
                heldOpenAfterMs: number;
            }[];
        };
        RenewalRequest: {
            /** Format: uuid */
            deviceId: string;
            ownershipEpoch: number;
            /** @description PKCS #10, PEM */
            certificateRequest: string;
            signature: string;
        };
        RenewalAnswer: {
            certificate: string;
            secrets: components["schemas"]["DoorSecrets"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getInstallation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Installation"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    bootstrap: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    /**
                     * Format: email
                     * @description An e-mail address
                     */
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description An e-mail address
                     */
                    email: string;
                    password: string;
                    /** @description As printed on the label */
                    serial: string;
                    /** @description Pairing code or Matter code */
                    code: string;
                    address?: string;
                    zone: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description An e-mail address
                     */
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"] | null;
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dashboard"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listLocks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Lock"][];
                    };
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    addLock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As printed on the label */
                    serial: string;
                    /** @description Pairing code or Matter code */
                    code: string;
                    name?: string & (unknown & unknown);
                    location?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lock"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getLock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                lockId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lock"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateLock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                lockId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string & (unknown & unknown);
                    location?: string;
                    /**
                     * @description What proves less is assurance_too_low
                     * @enum {string}
                     */
                    minimumAssurance?: "low" | "medium" | "high";
                    /** @description Static pictures of permanent Keys, not only of guests */
                    takesStaticQr?: boolean;
                    /** @description Bare card numbers, which can be copied */
                    takesCardNumbers?: boolean;
                    version: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lock"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    claimLock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                lockId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lock"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    openLock: {
        parameters: {
            query?: never;
            header: {
                "idempotency-key": string;
            };
            path: {
                entityId: string;
                lockId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Command"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCommand: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                commandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Command"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listActivity: {
        parameters: {
            query?: {
                lockId?: string;
                /** @description Where the lock is now, in the words that people gave */
                location?: string;
                type?: "key_accepted" | "key_refused" | "lock_unlocked" | "lock_relocked" | "door_opened" | "door_closed" | "exit_requested" | "door_held_open" | "door_forced" | "tampered" | "tamper_cleared" | "command_refused" | "command_dropped" | "silent_alarm" | "reader_paused" | "list_taken" | "list_refused" | "message_refused" | "device_started" | "link_lost" | "link_restored" | "clock_set" | "events_lost" | "log_nearly_full" | "older_disk" | "events_unknown" | "counters_returned" | "server_restored" | "memory_damaged";
                /** @description Key UUID, or its beginning; with dashes or without */
                key?: string;
                /** @description Whole address of the User who asked for it or of whoever the Key was mailed to last */
                email?: string;
                from?: number;
                until?: number;
                advanced?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ActivityEvent"][];
                        next?: string;
                    };
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    exportActivity: {
        parameters: {
            query?: {
                lockId?: string;
                /** @description Where the lock is now, in the words that people gave */
                location?: string;
                type?: "key_accepted" | "key_refused" | "lock_unlocked" | "lock_relocked" | "door_opened" | "door_closed" | "exit_requested" | "door_held_open" | "door_forced" | "tampered" | "tamper_cleared" | "command_refused" | "command_dropped" | "silent_alarm" | "reader_paused" | "list_taken" | "list_refused" | "message_refused" | "device_started" | "link_lost" | "link_restored" | "clock_set" | "events_lost" | "log_nearly_full" | "older_disk" | "events_unknown" | "counters_returned" | "server_restored" | "memory_damaged";
                /** @description Key UUID, or its beginning; with dashes or without */
                key?: string;
                /** @description Whole address of the User who asked for it or of whoever the Key was mailed to last */
                email?: string;
                from?: number;
                until?: number;
                advanced?: string;
                /** @description Of the headings */
                language?: "en" | "de" | "zh";
            };
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    whyEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Why"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listMails: {
        parameters: {
            query?: {
                cursor?: string;
            };
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Mail"][];
                        next?: string;
                    };
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Part of the name of who acted, or of an operation or a code */
                search?: string;
                /** @description With `search`: operations whose name in the language of the reader has the text, with commas */
                alsoOperations?: string;
                operation?: "bootstrap" | "registration.register" | "sign_in" | "sign_out" | "lock.add" | "lock.update" | "lock.claim_again" | "lock.open" | "lock.take_report" | "device.prove_claim" | "device.renew_certificate" | "key.create" | "key.update" | "key.delete" | "key.show_secrets" | "key.share_picture" | "key.send" | "activity.export" | "audit.export" | "audit.checkpoint" | "installation.restore";
                outcome?: "done" | "refused" | "failed";
                /** @description About this lock, or about Keys that are bound to it */
                lockId?: string;
                /** @description An identifier, or at least four characters of one */
                objectId?: string;
                userId?: string;
                requestId?: string;
                from?: number;
                until?: number;
                sort?: "time" | "operation" | "outcome";
                order?: "asc" | "desc";
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntry"][];
                        next?: string;
                    };
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listAuditPeople: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            userId: string;
                            name?: string;
                        }[];
                    };
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    exportAudit: {
        parameters: {
            query?: {
                /** @description Part of the name of who acted, or of an operation or a code */
                search?: string;
                /** @description With `search`: operations whose name in the language of the reader has the text, with commas */
                alsoOperations?: string;
                operation?: "bootstrap" | "registration.register" | "sign_in" | "sign_out" | "lock.add" | "lock.update" | "lock.claim_again" | "lock.open" | "lock.take_report" | "device.prove_claim" | "device.renew_certificate" | "key.create" | "key.update" | "key.delete" | "key.show_secrets" | "key.share_picture" | "key.send" | "activity.export" | "audit.export" | "audit.checkpoint" | "installation.restore";
                outcome?: "done" | "refused" | "failed";
                /** @description About this lock, or about Keys that are bound to it */
                lockId?: string;
                /** @description An identifier, or at least four characters of one */
                objectId?: string;
                userId?: string;
                requestId?: string;
                from?: number;
                until?: number;
                /** @description Of the headings */
                language?: "en" | "de" | "zh";
            };
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    takeAuditCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createGuestKey: {
        parameters: {
            query?: never;
            header: {
                "idempotency-key": string;
            };
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    lockId: string;
                    name?: string & (unknown & unknown);
                    /** @description A whole minute on the wall clock of the Entity, 2026-11-25T19:00 */
                    validFrom: string & (unknown & unknown);
                    /** @description A whole minute on the wall clock of the Entity, 2026-11-25T19:00 */
                    validUntil: string & (unknown & unknown);
                    /** @description Grants at each lock */
                    maxUses?: number;
                    /** @description RF card number: ten decimal digits, or 4 to 10 bytes in hexadecimal */
                    card?: string;
                    /**
                     * Format: email
                     * @description The link is mailed there at once
                     */
                    email?: string;
                    /**
                     * @description Share its QR as a static picture too; a mail then carries it
                     * @default false
                     */
                    withPicture?: boolean;
                    /**
                     * @description Of the mail
                     * @default en
                     * @enum {string}
                     */
                    language?: "en" | "de" | "zh";
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedKey"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: {
                lockId?: string;
                status?: "active" | "not_yet" | "expired" | "available" | "pending" | "suspended" | "revoked";
                type?: "app" | "smart" | "fingerprint" | "wallet" | "physical" | "intercom" | "guest" | "visitor" | "delivery" | "staff";
                /** @description Part of it */
                email?: string;
                /** @description Key UUID, or its beginning; with dashes or without */
                key?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Key"][];
                        next?: string;
                    };
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A whole minute on the wall clock of the Entity, 2026-11-25T19:00 */
                    validFrom: string & (unknown & unknown);
                    /** @description A whole minute on the wall clock of the Entity, 2026-11-25T19:00 */
                    validUntil: string & (unknown & unknown);
                    /** @description null takes the maximum away */
                    maxUses?: number | null;
                    /** @description null takes the card away */
                    card?: string | null;
                    version: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    showKeySecrets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeySecrets"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    shareKeyPicture: {
        parameters: {
            query?: never;
            header: {
                "idempotency-key": string;
            };
            path: {
                entityId: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedKey"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    sendKey: {
        parameters: {
            query?: never;
            header: {
                "idempotency-key": string;
            };
            path: {
                entityId: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description An e-mail address
                     */
                    email: string;
                    /**
                     * @description Attach the static picture; refused where none was shared that still opens
                     * @default false
                     */
                    withPicture?: boolean;
                    /**
                     * @description Of the mail
                     * @default en
                     * @enum {string}
                     */
                    language?: "en" | "de" | "zh";
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        to: string;
                        /** @description Milliseconds since 1970-01-01T00:00:00Z */
                        createdAt: number;
                    };
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    whyKey: {
        parameters: {
            query: {
                lockId: string;
                method: "link" | "pin" | "qr" | "card";
                /** @description With qr: the static picture that was shared last, not the one that moves */
                isStatic?: string;
                /** @description Left out: now */
                at?: string & (unknown & unknown);
            };
            header?: never;
            path: {
                entityId: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Why"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    showKeyPage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownKey"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    openByKey: {
        parameters: {
            query?: never;
            header: {
                "idempotency-key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    /** Format: uuid */
                    lockId: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyCommand"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    followKeyCommand: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    /** Format: uuid */
                    commandId: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyCommand"];
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    followEntity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Default Response */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
