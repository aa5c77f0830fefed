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
        /** Signs in with e-mail and password; the session is a cookie. code_needed: a code follows */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Finishes a sign-in by a code of the authenticator app, or by a recovery code */
        post: operations["finishSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The question that a passkey answers; of a session only passkeys of its Account do */
        post: operations["beginPasskeySignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/passkey/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in by a passkey that has verified its person */
        post: operations["finishPasskeySignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mails a link to a new password, if the address has an Account; the answer is the same */
        post: operations["askForReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/password-reset/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets a new password by the token of a link, and ends every session */
        post: operations["resetPassword"];
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
    "/api/session/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Proves that it is still the same person, by the password or by a code where there is one */
        post: operations["confirmSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/confirm-by-passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Proves by a passkey that it is still the same person */
        post: operations["confirmSessionByPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the own Account is signed in */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends one session of the own Account */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/sessions/end-others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends every session of the own Account but this one */
        post: operations["endOtherSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes the password, and ends every other session */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/address": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mails a link to this address; followed, it becomes that of the Account */
        post: operations["askForAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/address/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirms an address by the token of a link, and tells the one before it */
        post: operations["confirmAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/authenticator": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new secret for an authenticator app, and recovery codes; asked for after the first code */
        post: operations["beginAuthenticator"];
        /** Signing in asks for the password alone from now on */
        delete: operations["removeAuthenticator"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/authenticator/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The first code: from now on every sign-in asks for one */
        post: operations["finishAuthenticator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/authenticator/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** New recovery codes in place of all older ones */
        post: operations["renewRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The passkeys of the own Account */
        get: operations["listPasskeys"];
        put?: never;
        /** Adds the passkey that was made */
        post: operations["addPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/passkeys/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The question that makes a passkey */
        post: operations["beginPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/passkeys/{passkeyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** The passkey signs in no more */
        delete: operations["removePasskey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/access-requests/installer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks for temporary access to locks; the answer tells nothing of owner or locks */
        post: operations["requestInstallerAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/access-requests/entity-management": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks to manage an Entity; the answer tells nothing of owner or Entity */
        post: operations["requestEntityManagement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/access-requests/break-glass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes the operator a Local Admin of an Entity for an hour; its managers are told at once */
        post: operations["breakGlass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/access-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Submitted Requests of the Account, newest first */
        get: operations["listSubmittedRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/access-requests/{requestId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraws a request that nobody has decided */
        delete: operations["withdrawRequest"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/access-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Incoming Requests of the Entity, and its Mandates */
        get: operations["listAccessRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/access-requests/{incomingId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve: gives a Mandate, for as long as is said here */
        post: operations["approveRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/access-requests/{incomingId}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject */
        post: operations["rejectRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/mandates/{mandateId}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a Mandate at once, and with it the Keys that were made under it */
        post: operations["endMandate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/mandates/{mandateId}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys that were made under a Mandate, and that nobody has adopted */
        get: operations["listMandatedKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/mandates/{mandateId}/keys/{keyId}/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adopt: the Key stays, until the end that was asked for */
        post: operations["adoptKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/provider": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins a sign-in at the provider; with the token of an invitation, for its address */
        post: operations["beginSignOn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/provider/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in by what the provider sent the browser back with */
        post: operations["finishSignOn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/confirm-by-provider": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins a proof of presence: the provider asks the person to sign in again */
        post: operations["beginSignOnConfirmation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/provider": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins to connect the own Account with the provider */
        post: operations["beginSignOnConnection"];
        /** The provider signs in to the own Account no more */
        delete: operations["removeSignOn"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/confirm-by-provider/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Proves that it is still the same person, by what the provider sent the browser back with */
        post: operations["finishSignOnConfirmation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/provider/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Connects the own Account, by what the provider sent the browser back with */
        post: operations["finishSignOnConnection"];
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
    "/api/entities/{entityId}/entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The Entities of the same Owner in which the caller has a role, by name */
        get: operations["listEntities"];
        put?: never;
        /** Create Entity: another one of the same Owner, with the caller as its community_manager */
        post: operations["createEntity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete entity: ends every role and Key there; refused while it has locks */
        delete: operations["deleteEntity"];
        options?: never;
        head?: never;
        /** Save Changes: another zone is told to every lock; kind and code only where they were drawn */
        patch: operations["updateEntity"];
        trace?: never;
    };
    "/api/entities/{entityId}/holidays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The holidays of the Entity, by the next date */
        get: operations["listHolidays"];
        put?: never;
        /** Adds a holiday; every lock of the Entity is told */
        post: operations["addHoliday"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/holidays/{holidayId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes a holiday; every lock of the Entity is told */
        delete: operations["removeHoliday"];
        options?: never;
        head?: never;
        /** Changes a holiday; every lock of the Entity is told */
        patch: operations["updateHoliday"];
        trace?: never;
    };
    "/api/entities/{entityId}/local-admins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Manage Local Admins: those of the Entity, and whom it has invited */
        get: operations["listLocalAdmins"];
        put?: never;
        /** Add Local Admin: a member becomes one at once, anybody else is invited by mail */
        post: operations["addLocalAdmin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/local-admins/candidates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Members of the Entity who could become a Local Admin; twenty at most */
        get: operations["listLocalAdminCandidates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/local-admins/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes Local Admin permissions: the User stays a resident of the Entity */
        delete: operations["removeLocalAdmin"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/invitations/{invitationId}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends the invitation again, with another link that holds for seven days */
        post: operations["resendInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/invitations/{invitationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraws the invitation: its link leads nowhere any more */
        delete: operations["withdrawInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What the page of an invitation shows; looking at it changes nothing */
        post: operations["showInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitation/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accepts the invitation, and signs in where a password comes with it */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The Users of the Entity, by name */
        get: operations["listUsers"];
        put?: never;
        /** Create User: a resident of the Entity, who may be invited to sign in */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/users/plates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Other Users of the Entity who have one of these licence plates */
        get: operations["listPlateHolders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One User */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Save Changes: the person, and of which Entities */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/api/entities/{entityId}/users/{userId}/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deactivates the User in every Entity of the Owner, and ends the sign-in where no User is left */
        post: operations["deactivateUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/users/{userId}/suspended-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The Keys of a deactivated User that can be restored, in the Entities that the caller manages */
        get: operations["listSuspendedKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/users/{userId}/reactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reactivate User, and restore these of the Keys that were suspended */
        post: operations["reactivateUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/users/{userId}/welcome": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends the welcome email again, with another link that holds for seven days */
        post: operations["welcomeUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/users/{userId}/photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives the User this photo: a PNG or JPG of at most 6 MB, which is cut to a small square */
        post: operations["setUserPhoto"];
        /** Takes the photo of the User away */
        delete: operations["removeUserPhoto"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/users/{userId}/photos/{photoId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The photo of the User, a JPEG; under one identifier always the same */
        get: operations["getUserPhoto"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the Owner of the Entity knows of the person who asks */
        get: operations["getOwnProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes what this Owner knows of the person who asks; other Owners do not hear of it */
        patch: operations["updateOwnProfile"];
        trace?: never;
    };
    "/api/entities/{entityId}/users.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export CSV: the Users of the same filters, formula-safe, as an import reads them */
        get: operations["exportUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/user-imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins an import of Users in place of the last one of the same person */
        post: operations["startUserImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/user-imports/{importId}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds lines to the import; a line that is sent again takes the place of the first */
        post: operations["addUserImportLines"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/user-imports/{importId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom the import would make, and what is wrong with which line; changes nothing */
        get: operations["checkUserImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/user-imports/{importId}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes all of them, or nobody where a line is wrong; welcome emails go out one by one */
        post: operations["applyUserImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/buildings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The buildings of the Entity, by name */
        get: operations["listBuildings"];
        put?: never;
        /** Adds a building */
        post: operations["addBuilding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/buildings/{buildingId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes a building with its Units; refused while something belongs to one of them */
        delete: operations["removeBuilding"];
        options?: never;
        head?: never;
        /** Gives a building another name */
        patch: operations["updateBuilding"];
        trace?: never;
    };
    "/api/entities/{entityId}/buildings/{buildingId}/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The Units of a building, by name */
        get: operations["listUnits"];
        put?: never;
        /** Adds an apartment or a company; a home has none */
        post: operations["addUnit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/units/{unitId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes a Unit; refused while something belongs to it */
        delete: operations["removeUnit"];
        options?: never;
        head?: never;
        /** Changes a Unit: name and floors as they shall be */
        patch: operations["updateUnit"];
        trace?: never;
    };
    "/api/entities/{entityId}/unit-imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins an import of Units in place of the last one of the same person */
        post: operations["startUnitImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/unit-imports/{importId}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds lines to the import; a line that is sent again takes the place of the first */
        post: operations["addImportLines"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/unit-imports/{importId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the import would change, and what is wrong with which line; changes nothing */
        get: operations["checkUnitImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/unit-imports/{importId}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes all of it, or nothing where a line is wrong */
        post: operations["applyUnitImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The saved views of the person who asks, of every list */
        get: operations["listSavedViews"];
        put?: never;
        /** Saves the filters of a list under a name */
        post: operations["addSavedView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entityId}/views/{viewId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes a saved view */
        delete: operations["removeSavedView"];
        options?: never;
        head?: never;
        /** Gives a saved view another name */
        patch: operations["renameSavedView"];
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
    "/api/entities/{entityId}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The own API keys of the Entity, and what one may have */
        get: operations["listApiKeys"];
        put?: never;
        /** Makes an API key; it is shown in this answer alone */
        post: operations["makeApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/api-keys/{apiKeyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends an own API key at once, wherever it is for */
        delete: operations["revokeApiKey"];
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
                code: "invalid_input" | "malformed_request" | "idempotency_key_missing" | "not_signed_in" | "code_needed" | "wrong_code" | "wrong_passkey" | "wrong_credentials" | "sign_on_failed" | "sign_on_cancelled" | "foreign_origin" | "not_permitted" | "deactivated" | "sign_on_unknown" | "step_up_needed" | "not_found" | "method_not_allowed" | "request_too_slow" | "registration_failed" | "claim_failed" | "bootstrap_failed" | "in_use" | "sign_on_taken" | "limit_reached" | "request_over" | "has_role_already" | "user_without_account" | "user_deactivated" | "changed_meanwhile" | "idempotency_key_reused" | "key_ended" | "key_issues_spent" | "lock_not_active" | "lock_not_unclaimed" | "lock_offline" | "payload_too_large" | "unsupported_media_type" | "misdirected_request" | "headers_too_large" | "cooldown" | "too_many_requests" | "too_many_connections" | "internal_fault" | "temporarily_unavailable" | "sign_on_unavailable";
                message: string;
                requestId: string;
                retryAfterS?: number;
                issues?: {
                    path: string;
                    problem: string;
                }[];
            };
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
            /**
             * @description Why a Key is suspended: holder deactivated, or back without it; or its Mandate is over
             * @enum {string}
             */
            suspension?: "holder_deactivated" | "not_restored" | "mandate_ended";
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
                    cause: "sending" | "refused_by_door" | "counters_in_doubt" | "record_damaged" | "counter_unknown";
                } | {
                    /** @constant */
                    state: "offline";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                };
            }[];
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            createdAt: number;
            /**
             * Format: uuid
             * @description The Mandate with which it ends, unless it is adopted
             */
            mandateId?: string;
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
                    cause: "sending" | "refused_by_door" | "counters_in_doubt" | "record_damaged" | "counter_unknown";
                } | {
                    /** @constant */
                    state: "offline";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                };
                /** @description While the door is away, whatever it has */
                offlineSince?: number;
            };
            /** @description At an event: how far the clock of the door may have been off */
            uncertaintyMs?: number;
            /**
             * @description What is, with holder_suspended
             * @enum {string}
             */
            suspended?: "holder" | "key" | "binding" | "counter" | "credential";
            /** @description The door did not know this Key yet and took what its QR says: no checks are told */
            isByRuleOfQr?: boolean;
            /** @description The reason that the door gave, where it knew what the server cannot know */
            differs?: string;
        };
        InstallationInput: {
            /** @enum {string} */
            mode: "demo" | "real";
            version: string;
            /** @description It has a mail server */
            sendsMail: boolean;
            /** @description The provider that one can sign in with */
            signOn?: string;
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
            /** @description The end of the role, where it has one */
            until?: number;
            /** @description The calls that this person may make in the Entity, by their operationId */
            readonly may: string[];
        };
        SessionInput: {
            account: {
                /** Format: uuid */
                id: string;
                email: string;
                isOperator: boolean;
                hasPasskey: boolean;
                /** @description A code is asked for besides the password */
                hasAuthenticator: boolean;
                /** @description Connected with the provider */
                hasSignOn: boolean;
                /** @description Notices go to an address that was confirmed */
                isEmailVerified: boolean;
            };
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            expiresAt: number;
            /** @description What is dangerous asks the person to confirm being there after this */
            confirmedUntil: number;
            memberships: components["schemas"]["MembershipInput"][];
        };
        /** @description Each works once; they are not shown again */
        RecoveryCodesInput: {
            readonly recoveryCodes: string[];
        };
        NewAuthenticatorInput: {
            /** @description otpauth://totp/…, to be shown as a QR */
            uri: string;
            readonly recoveryCodes: string[];
        };
        PasskeyQuestionInput: {
            options: {
                challenge: string;
            } & {
                [key: string]: unknown;
            };
        };
        NewPasskeyQuestionInput: {
            options: {
                challenge: string;
                rp: {
                    name: string;
                } & {
                    [key: string]: unknown;
                };
                user: {
                    id: string;
                    name: string;
                    displayName: string;
                } & {
                    [key: string]: unknown;
                };
                pubKeyCredParams: ({
                    /** @constant */
                    type: "public-key";
                    alg: number;
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            };
        };
        PasskeyInput: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            createdAt: number;
        };
        OpenSessionInput: {
            /** Format: uuid */
            id: string;
            isThisOne: boolean;
            address: string;
            userAgent: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            openedAt: number;
            /** @description To the hour */
            usedAt: number;
        };
        RegistrationInput: {
            /** Format: uuid */
            entityId: string;
            /** Format: uuid */
            lockId: string;
        };
        ActivityEventInput: {
            /** @description device.logEpoch.sequence */
            id: string;
            /** Format: uuid */
            lockId: string;
            lockName: string;
            /** @enum {string} */
            type: "key_accepted" | "key_refused" | "refusals_gathered" | "lock_unlocked" | "lock_relocked" | "door_opened" | "door_closed" | "exit_requested" | "door_held_open" | "door_forced" | "tampered" | "tamper_cleared" | "command_refused" | "command_dropped" | "silent_alarm" | "reader_paused" | "list_taken" | "list_refused" | "message_refused" | "device_started" | "link_lost" | "link_restored" | "clock_set" | "events_lost" | "log_nearly_full" | "older_disk" | "events_unknown" | "counters_returned" | "server_restored" | "memory_damaged";
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
            /** @constant */
            isReasonErased?: true;
            /** Format: uuid */
            userId?: string;
            /** @description The name that the person had */
            name?: string;
            /** @description Where the call came from */
            address?: string;
            /** @description The API key with which a program acted for the person */
            apiKey?: string;
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
        ApiKeyInput: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description How it begins; the rest is known to nobody here */
            prefix: string;
            readonly permissions: string[];
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            madeAt: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            expiresAt: number;
            /** @description To the minute */
            usedAt?: number;
        };
        MadeApiKeyInput: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description How it begins; the rest is known to nobody here */
            prefix: string;
            readonly permissions: string[];
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            madeAt: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            expiresAt: number;
            /** @description To the minute */
            usedAt?: number;
            /** @description Shown this once */
            key: string;
        };
        ImportInput: {
            /** Format: uuid */
            id: string;
        };
        BuildingInput: {
            /** Format: uuid */
            id: string;
            name: string;
            unitCount: number;
            /** @description Send it back with a change */
            version: number;
        };
        UnitInput: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Where it is; the ground floor is 0 */
            floors: number[];
            /** @description Send it back */
            version: number;
        };
        UnitImportCheckInput: {
            lines: number;
            /** @description In how many lines something is wrong */
            problemCount: number;
            /** @description The first hundred, by line; a line may have several */
            problems: {
                line: number;
                column: string;
                /** @enum {string} */
                problem: "building_name" | "unit_name" | "floors" | "twice";
            }[];
            newBuildings: number;
            newUnits: number;
            /** @description Units whose floors become others */
            changedUnits: number;
        };
        SignOnBegunInput: {
            /** @description Where the browser goes, at the provider */
            url: string;
        };
        EntityInput: {
            /** Format: uuid */
            id: string;
            code: string;
            name: string;
            description: string;
            /** @enum {string} */
            kind: "home" | "community" | "commercial";
            zone: string;
            address: string;
            /**
             * @description What the caller is there
             * @enum {string}
             */
            role: "community_manager" | "local_admin" | "installer" | "resident";
            lockCount: number;
            /** @description Users with a role there now */
            userCount: number;
            /** @description A registration drew kind and code: while it has one User and one lock at most, choose once */
            isProvisional: boolean;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            createdAt: number;
            /** @description Send it back with a change */
            version: number;
        };
        HolidayInput: {
            /** Format: uuid */
            id: string;
            name: string & (unknown & unknown);
            /**
             * Format: date
             * @description A date of the calendar, 2026-11-25
             */
            firstDate: string;
            /**
             * Format: date
             * @description The last date, included
             */
            lastDate: string;
            isYearly: boolean;
            /** @description On the holiday doors open within these hours alone; without them the whole day is closed */
            hours?: {
                /** @description A clock time from 00:00 to 23:59 */
                from: string;
                /** @description A clock time that ends something; 24:00 is the midnight that ends the day, as 00:00 is */
                until: string;
            };
            /**
             * Format: date
             * @description Its first date from today on in the zone of the Entity; absent when it is over
             */
            nextDate?: string;
            /** @description Send it back with a change */
            version: number;
        };
        LocalAdminInput: {
            /** Format: uuid */
            userId: string;
            name: string;
            email: string;
        };
        InvitationInput: {
            /** Format: uuid */
            id: string;
            email: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            invitedAt: number;
            /** @description From then on the link of its mail leads nowhere */
            expiresAt: number;
            /** @description Why its mail was not sent, in the words of the mail server */
            failure?: string;
        };
        LocalAdminAddedInput: {
            /**
             * @description A member becomes one at once; anybody else is invited, known or not
             * @enum {string}
             */
            outcome: "added" | "invited";
        };
        ShownInvitationInput: {
            place: string;
            email: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            expiresAt: number;
            /**
             * @description What accepting it makes of one there
             * @enum {string}
             */
            role: "local_admin" | "resident";
        };
        AcceptedInvitationInput: {
            /** Format: uuid */
            entityId: string;
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
            /** @description While an older disk runs there, or its memory is damaged: Keys with a number of uses wait for their counters */
            olderDisk?: {
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                since: number;
                /** @enum {string} */
                cause: "other_history" | "earlier_boot" | "damaged_memory";
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
                cause: "sending" | "refused_by_door" | "counters_in_doubt" | "record_damaged" | "counter_unknown";
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
                    for: "key" | "change" | "counters" | "another_key";
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
        BrokenGlassInput: {
            /** Format: uuid */
            entityId: string;
            entityName: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            until: number;
        };
        SubmittedRequestInput: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "installer" | "entity_management" | "break_glass";
            wantedForMinutes: number;
            reason: string;
            /** @enum {string} */
            state: "pending" | "approved" | "rejected" | "withdrawn" | "expired";
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            askedAt: number;
            /** @description From then on nobody can decide it */
            expiresAt: number;
            ownerEmail: string;
            serialNumbers: string[];
            entityCode?: string;
            /** @description What it became, where it was approved; also what is over */
            mandates: {
                /** Format: uuid */
                entityId: string;
                entityName: string;
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                until: number;
            }[];
        };
        IncomingRequestInput: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "installer" | "entity_management" | "break_glass";
            wantedForMinutes: number;
            reason: string;
            /** @enum {string} */
            state: "pending" | "approved" | "rejected" | "withdrawn" | "expired";
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            askedAt: number;
            /** @description From then on nobody can decide it */
            expiresAt: number;
            /** @description Of the Account that asks */
            email: string;
            /** @description Of an installer: those that the Entity has */
            locks: {
                /** Format: uuid */
                id: string;
                name: string;
                serial: string;
            }[];
        };
        MandateInput: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            userId: string;
            name: string;
            email: string;
            /**
             * @description What it came of
             * @enum {string}
             */
            kind: "installer" | "entity_management" | "break_glass";
            /** @enum {string} */
            role: "installer" | "local_admin";
            locks: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            from: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            until: number;
            isOver: boolean;
            /** @description Keys that end with it unless they are adopted */
            keyCount: number;
        };
        AccessRequestsInput: {
            /** @description Those that wait, then those that are over; each newest first */
            items: components["schemas"]["IncomingRequestInput"][];
            /** @description Those that last; then those that are over and left Keys to adopt */
            mandates: components["schemas"]["MandateInput"][];
        };
        MandatedKeyInput: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            type: "app" | "smart" | "fingerprint" | "wallet" | "physical" | "intercom" | "guest" | "visitor" | "delivery" | "staff";
            holder: string;
            /** @description By name */
            locks: string[];
            /** @description Its end, if it is adopted */
            wantedUntil?: number;
            isSuspended: boolean;
        };
        SavedViewInput: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            list: "entities" | "users" | "keys" | "activity" | "audit";
            name: string;
            filters: string;
            /** @description Send it back with a change */
            version: number;
        };
        UserEntityInput: {
            /** Format: uuid */
            id: string;
            code: string;
            name: string;
            /** @enum {string} */
            role: "community_manager" | "local_admin" | "installer" | "resident";
        };
        UserInput: {
            /** Format: uuid */
            id: string;
            name: string;
            email: string;
            phone: string;
            mobile: string;
            plates: string[];
            /**
             * Format: uuid
             * @description Another one for each photo; absent: there is none
             */
            photoId?: string;
            /** @enum {string} */
            status: "active" | "deactivated";
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            deactivatedAt?: number;
            deactivationReason?: string;
            /**
             * @description In the Entity of the path
             * @enum {string}
             */
            role: "community_manager" | "local_admin" | "installer" | "resident";
            /**
             * @description Whether the person can sign in, was invited to, or neither
             * @enum {string}
             */
            signIn: "account" | "invited" | "none";
            /** @description Those that the caller manages too, by name */
            entities: components["schemas"]["UserEntityInput"][];
            /** @description Which calls about this User the caller may make, by their operationId */
            may: ("updateUser" | "deactivateUser" | "reactivateUser")[];
            /** @description Has a role in an Entity that the caller does not manage */
            isElsewhere: boolean;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            createdAt: number;
            /** @description Send it back with a change */
            version: number;
        };
        OwnProfileInput: {
            name: string;
            phone: string;
            mobile: string;
            /** @description Send it back with a change */
            version: number;
        };
        SuspendedKeyInput: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            type: "app" | "smart" | "fingerprint" | "wallet" | "physical" | "intercom" | "guest" | "visitor" | "delivery" | "staff";
            /** @description As the Key names the User */
            holder: string;
            /** @description The name of its Entity */
            entity: string;
            /** @description Their names */
            locks: string[];
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            validUntil?: number;
            /** @description It opens nothing any more and is not restored */
            isExpired: boolean;
            /** @description It was not restored when the User came back before */
            isKeptBack: boolean;
        };
        UserImportCheckInput: {
            lines: number;
            /** @description In how many lines something is wrong */
            problemCount: number;
            /** @description The first hundred, by line; a line may have several */
            problems: {
                line: number;
                column: string;
                /** @enum {string} */
                problem: "name" | "email" | "twice" | "user_exists" | "phone" | "mobile" | "plates" | "entity_unknown" | "welcome" | "deactivated";
            }[];
            newUsers: number;
            /** @description They are there already, just so */
            knownUsers: number;
            /** @description Welcome emails that will be sent */
            welcomes: number;
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
                code: "invalid_input" | "malformed_request" | "idempotency_key_missing" | "not_signed_in" | "code_needed" | "wrong_code" | "wrong_passkey" | "wrong_credentials" | "sign_on_failed" | "sign_on_cancelled" | "foreign_origin" | "not_permitted" | "deactivated" | "sign_on_unknown" | "step_up_needed" | "not_found" | "method_not_allowed" | "request_too_slow" | "registration_failed" | "claim_failed" | "bootstrap_failed" | "in_use" | "sign_on_taken" | "limit_reached" | "request_over" | "has_role_already" | "user_without_account" | "user_deactivated" | "changed_meanwhile" | "idempotency_key_reused" | "key_ended" | "key_issues_spent" | "lock_not_active" | "lock_not_unclaimed" | "lock_offline" | "payload_too_large" | "unsupported_media_type" | "misdirected_request" | "headers_too_large" | "cooldown" | "too_many_requests" | "too_many_connections" | "internal_fault" | "temporarily_unavailable" | "sign_on_unavailable";
                message: string;
                requestId: string;
                retryAfterS?: number;
                issues?: {
                    path: string;
                    problem: string;
                }[];
            };
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
            /**
             * @description Why a Key is suspended: holder deactivated, or back without it; or its Mandate is over
             * @enum {string}
             */
            suspension?: "holder_deactivated" | "not_restored" | "mandate_ended";
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
                    cause: "sending" | "refused_by_door" | "counters_in_doubt" | "record_damaged" | "counter_unknown";
                } | {
                    /** @constant */
                    state: "offline";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                };
            }[];
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            createdAt: number;
            /**
             * Format: uuid
             * @description The Mandate with which it ends, unless it is adopted
             */
            mandateId?: string;
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
                    cause: "sending" | "refused_by_door" | "counters_in_doubt" | "record_damaged" | "counter_unknown";
                } | {
                    /** @constant */
                    state: "offline";
                    /** @description Milliseconds since 1970-01-01T00:00:00Z */
                    since: number;
                };
                /** @description While the door is away, whatever it has */
                offlineSince?: number;
            };
            /** @description At an event: how far the clock of the door may have been off */
            uncertaintyMs?: number;
            /**
             * @description What is, with holder_suspended
             * @enum {string}
             */
            suspended?: "holder" | "key" | "binding" | "counter" | "credential";
            /** @description The door did not know this Key yet and took what its QR says: no checks are told */
            isByRuleOfQr?: boolean;
            /** @description The reason that the door gave, where it knew what the server cannot know */
            differs?: string;
        };
        Installation: {
            /** @enum {string} */
            mode: "demo" | "real";
            version: string;
            /** @description It has a mail server */
            sendsMail: boolean;
            /** @description The provider that one can sign in with */
            signOn?: string;
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
            /** @description The end of the role, where it has one */
            until?: number;
            /** @description The calls that this person may make in the Entity, by their operationId */
            readonly may: string[];
        };
        Session: {
            account: {
                /** Format: uuid */
                id: string;
                email: string;
                isOperator: boolean;
                hasPasskey: boolean;
                /** @description A code is asked for besides the password */
                hasAuthenticator: boolean;
                /** @description Connected with the provider */
                hasSignOn: boolean;
                /** @description Notices go to an address that was confirmed */
                isEmailVerified: boolean;
            };
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            expiresAt: number;
            /** @description What is dangerous asks the person to confirm being there after this */
            confirmedUntil: number;
            memberships: components["schemas"]["Membership"][];
        };
        /** @description Each works once; they are not shown again */
        RecoveryCodes: {
            readonly recoveryCodes: string[];
        };
        NewAuthenticator: {
            /** @description otpauth://totp/…, to be shown as a QR */
            uri: string;
            readonly recoveryCodes: string[];
        };
        PasskeyQuestion: {
            options: {
                challenge: string;
            } & {
                [key: string]: unknown;
            };
        };
        NewPasskeyQuestion: {
            options: {
                challenge: string;
                rp: {
                    name: string;
                } & {
                    [key: string]: unknown;
                };
                user: {
                    id: string;
                    name: string;
                    displayName: string;
                } & {
                    [key: string]: unknown;
                };
                pubKeyCredParams: ({
                    /** @constant */
                    type: "public-key";
                    alg: number;
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            };
        };
        Passkey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            createdAt: number;
        };
        OpenSession: {
            /** Format: uuid */
            id: string;
            isThisOne: boolean;
            address: string;
            userAgent: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            openedAt: number;
            /** @description To the hour */
            usedAt: number;
        };
        Registration: {
            /** Format: uuid */
            entityId: string;
            /** Format: uuid */
            lockId: string;
        };
        ActivityEvent: {
            /** @description device.logEpoch.sequence */
            id: string;
            /** Format: uuid */
            lockId: string;
            lockName: string;
            /** @enum {string} */
            type: "key_accepted" | "key_refused" | "refusals_gathered" | "lock_unlocked" | "lock_relocked" | "door_opened" | "door_closed" | "exit_requested" | "door_held_open" | "door_forced" | "tampered" | "tamper_cleared" | "command_refused" | "command_dropped" | "silent_alarm" | "reader_paused" | "list_taken" | "list_refused" | "message_refused" | "device_started" | "link_lost" | "link_restored" | "clock_set" | "events_lost" | "log_nearly_full" | "older_disk" | "events_unknown" | "counters_returned" | "server_restored" | "memory_damaged";
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
            /** @constant */
            isReasonErased?: true;
            /** Format: uuid */
            userId?: string;
            /** @description The name that the person had */
            name?: string;
            /** @description Where the call came from */
            address?: string;
            /** @description The API key with which a program acted for the person */
            apiKey?: string;
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
        ApiKey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description How it begins; the rest is known to nobody here */
            prefix: string;
            readonly permissions: string[];
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            madeAt: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            expiresAt: number;
            /** @description To the minute */
            usedAt?: number;
        };
        MadeApiKey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description How it begins; the rest is known to nobody here */
            prefix: string;
            readonly permissions: string[];
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            madeAt: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            expiresAt: number;
            /** @description To the minute */
            usedAt?: number;
            /** @description Shown this once */
            key: string;
        };
        Import: {
            /** Format: uuid */
            id: string;
        };
        Building: {
            /** Format: uuid */
            id: string;
            name: string;
            unitCount: number;
            /** @description Send it back with a change */
            version: number;
        };
        Unit: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Where it is; the ground floor is 0 */
            floors: number[];
            /** @description Send it back */
            version: number;
        };
        UnitImportCheck: {
            lines: number;
            /** @description In how many lines something is wrong */
            problemCount: number;
            /** @description The first hundred, by line; a line may have several */
            problems: {
                line: number;
                column: string;
                /** @enum {string} */
                problem: "building_name" | "unit_name" | "floors" | "twice";
            }[];
            newBuildings: number;
            newUnits: number;
            /** @description Units whose floors become others */
            changedUnits: number;
        };
        SignOnBegun: {
            /** @description Where the browser goes, at the provider */
            url: string;
        };
        Entity: {
            /** Format: uuid */
            id: string;
            code: string;
            name: string;
            description: string;
            /** @enum {string} */
            kind: "home" | "community" | "commercial";
            zone: string;
            address: string;
            /**
             * @description What the caller is there
             * @enum {string}
             */
            role: "community_manager" | "local_admin" | "installer" | "resident";
            lockCount: number;
            /** @description Users with a role there now */
            userCount: number;
            /** @description A registration drew kind and code: while it has one User and one lock at most, choose once */
            isProvisional: boolean;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            createdAt: number;
            /** @description Send it back with a change */
            version: number;
        };
        Holiday: {
            /** Format: uuid */
            id: string;
            name: string & (unknown & unknown);
            /**
             * Format: date
             * @description A date of the calendar, 2026-11-25
             */
            firstDate: string;
            /**
             * Format: date
             * @description The last date, included
             */
            lastDate: string;
            isYearly: boolean;
            /** @description On the holiday doors open within these hours alone; without them the whole day is closed */
            hours?: {
                /** @description A clock time from 00:00 to 23:59 */
                from: string;
                /** @description A clock time that ends something; 24:00 is the midnight that ends the day, as 00:00 is */
                until: string;
            };
            /**
             * Format: date
             * @description Its first date from today on in the zone of the Entity; absent when it is over
             */
            nextDate?: string;
            /** @description Send it back with a change */
            version: number;
        };
        LocalAdmin: {
            /** Format: uuid */
            userId: string;
            name: string;
            email: string;
        };
        Invitation: {
            /** Format: uuid */
            id: string;
            email: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            invitedAt: number;
            /** @description From then on the link of its mail leads nowhere */
            expiresAt: number;
            /** @description Why its mail was not sent, in the words of the mail server */
            failure?: string;
        };
        LocalAdminAdded: {
            /**
             * @description A member becomes one at once; anybody else is invited, known or not
             * @enum {string}
             */
            outcome: "added" | "invited";
        };
        ShownInvitation: {
            place: string;
            email: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            expiresAt: number;
            /**
             * @description What accepting it makes of one there
             * @enum {string}
             */
            role: "local_admin" | "resident";
        };
        AcceptedInvitation: {
            /** Format: uuid */
            entityId: string;
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
            /** @description While an older disk runs there, or its memory is damaged: Keys with a number of uses wait for their counters */
            olderDisk?: {
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                since: number;
                /** @enum {string} */
                cause: "other_history" | "earlier_boot" | "damaged_memory";
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
                cause: "sending" | "refused_by_door" | "counters_in_doubt" | "record_damaged" | "counter_unknown";
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
                    for: "key" | "change" | "counters" | "another_key";
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
        BrokenGlass: {
            /** Format: uuid */
            entityId: string;
            entityName: string;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            until: number;
        };
        SubmittedRequest: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "installer" | "entity_management" | "break_glass";
            wantedForMinutes: number;
            reason: string;
            /** @enum {string} */
            state: "pending" | "approved" | "rejected" | "withdrawn" | "expired";
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            askedAt: number;
            /** @description From then on nobody can decide it */
            expiresAt: number;
            ownerEmail: string;
            serialNumbers: string[];
            entityCode?: string;
            /** @description What it became, where it was approved; also what is over */
            mandates: {
                /** Format: uuid */
                entityId: string;
                entityName: string;
                /** @description Milliseconds since 1970-01-01T00:00:00Z */
                until: number;
            }[];
        };
        IncomingRequest: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "installer" | "entity_management" | "break_glass";
            wantedForMinutes: number;
            reason: string;
            /** @enum {string} */
            state: "pending" | "approved" | "rejected" | "withdrawn" | "expired";
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            askedAt: number;
            /** @description From then on nobody can decide it */
            expiresAt: number;
            /** @description Of the Account that asks */
            email: string;
            /** @description Of an installer: those that the Entity has */
            locks: {
                /** Format: uuid */
                id: string;
                name: string;
                serial: string;
            }[];
        };
        Mandate: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            userId: string;
            name: string;
            email: string;
            /**
             * @description What it came of
             * @enum {string}
             */
            kind: "installer" | "entity_management" | "break_glass";
            /** @enum {string} */
            role: "installer" | "local_admin";
            locks: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            from: number;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            until: number;
            isOver: boolean;
            /** @description Keys that end with it unless they are adopted */
            keyCount: number;
        };
        AccessRequests: {
            /** @description Those that wait, then those that are over; each newest first */
            items: components["schemas"]["IncomingRequest"][];
            /** @description Those that last; then those that are over and left Keys to adopt */
            mandates: components["schemas"]["Mandate"][];
        };
        MandatedKey: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            type: "app" | "smart" | "fingerprint" | "wallet" | "physical" | "intercom" | "guest" | "visitor" | "delivery" | "staff";
            holder: string;
            /** @description By name */
            locks: string[];
            /** @description Its end, if it is adopted */
            wantedUntil?: number;
            isSuspended: boolean;
        };
        SavedView: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            list: "entities" | "users" | "keys" | "activity" | "audit";
            name: string;
            filters: string;
            /** @description Send it back with a change */
            version: number;
        };
        UserEntity: {
            /** Format: uuid */
            id: string;
            code: string;
            name: string;
            /** @enum {string} */
            role: "community_manager" | "local_admin" | "installer" | "resident";
        };
        User: {
            /** Format: uuid */
            id: string;
            name: string;
            email: string;
            phone: string;
            mobile: string;
            plates: string[];
            /**
             * Format: uuid
             * @description Another one for each photo; absent: there is none
             */
            photoId?: string;
            /** @enum {string} */
            status: "active" | "deactivated";
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            deactivatedAt?: number;
            deactivationReason?: string;
            /**
             * @description In the Entity of the path
             * @enum {string}
             */
            role: "community_manager" | "local_admin" | "installer" | "resident";
            /**
             * @description Whether the person can sign in, was invited to, or neither
             * @enum {string}
             */
            signIn: "account" | "invited" | "none";
            /** @description Those that the caller manages too, by name */
            entities: components["schemas"]["UserEntity"][];
            /** @description Which calls about this User the caller may make, by their operationId */
            may: ("updateUser" | "deactivateUser" | "reactivateUser")[];
            /** @description Has a role in an Entity that the caller does not manage */
            isElsewhere: boolean;
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            createdAt: number;
            /** @description Send it back with a change */
            version: number;
        };
        OwnProfile: {
            name: string;
            phone: string;
            mobile: string;
            /** @description Send it back with a change */
            version: number;
        };
        SuspendedKey: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            type: "app" | "smart" | "fingerprint" | "wallet" | "physical" | "intercom" | "guest" | "visitor" | "delivery" | "staff";
            /** @description As the Key names the User */
            holder: string;
            /** @description The name of its Entity */
            entity: string;
            /** @description Their names */
            locks: string[];
            /** @description Milliseconds since 1970-01-01T00:00:00Z */
            validUntil?: number;
            /** @description It opens nothing any more and is not restored */
            isExpired: boolean;
            /** @description It was not restored when the User came back before */
            isKeptBack: boolean;
        };
        UserImportCheck: {
            lines: number;
            /** @description In how many lines something is wrong */
            problemCount: number;
            /** @description The first hundred, by line; a line may have several */
            problems: {
                line: number;
                column: string;
                /** @enum {string} */
                problem: "name" | "email" | "twice" | "user_exists" | "phone" | "mobile" | "plates" | "entity_unknown" | "welcome" | "deactivated";
            }[];
            newUsers: number;
            /** @description They are there already, just so */
            knownUsers: number;
            /** @description Welcome emails that will be sent */
            welcomes: number;
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
    finishSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Six digits of the authenticator app, or a recovery code */
                    code: string;
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
    beginPasskeySignIn: {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyQuestion"];
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
    finishPasskeySignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    passkey: {
                        id: string;
                        rawId: string;
                        /** @enum {string} */
                        type: "public-key";
                        response: {
                            clientDataJSON: string;
                            authenticatorData: string;
                            signature: string;
                            userHandle?: string;
                        };
                    };
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
    askForReset: {
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
                    /** @enum {string} */
                    language: "en" | "de" | "zh";
                };
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
    resetPassword: {
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
                    newPassword: string;
                };
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
    confirmSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                } | {
                    /** @description Six digits of the authenticator app, or a recovery code */
                    code: string;
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
    confirmSessionByPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    passkey: {
                        id: string;
                        rawId: string;
                        /** @enum {string} */
                        type: "public-key";
                        response: {
                            clientDataJSON: string;
                            authenticatorData: string;
                            signature: string;
                            userHandle?: string;
                        };
                    };
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
    listSessions: {
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
                    "application/json": {
                        items: components["schemas"]["OpenSession"][];
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
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
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
    endOtherSessions: {
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
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                    newPassword: string;
                };
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
    askForAddress: {
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
                };
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
    confirmAddress: {
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
    beginAuthenticator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
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
                    "application/json": components["schemas"]["NewAuthenticator"];
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
    removeAuthenticator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
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
    finishAuthenticator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Six digits of the authenticator app, or a recovery code */
                    code: string;
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
    renewRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
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
                    "application/json": components["schemas"]["RecoveryCodes"];
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
    listPasskeys: {
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
                    "application/json": {
                        items: components["schemas"]["Passkey"][];
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
    addPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string & (unknown & unknown);
                    passkey: {
                        id: string;
                        rawId: string;
                        /** @enum {string} */
                        type: "public-key";
                        response: {
                            clientDataJSON: string;
                            attestationObject: string;
                            transports: string[];
                        };
                    };
                };
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
    beginPasskey: {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewPasskeyQuestion"];
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
    removePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                passkeyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
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
    requestInstallerAccess: {
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
                    ownerEmail: string;
                    serialNumbers: string[];
                    /** @description How long the Mandate lasts, in minutes */
                    durationMinutes: number;
                    reason: string;
                    /**
                     * @description Of the mails about it
                     * @default en
                     * @enum {string}
                     */
                    language?: "en" | "de" | "zh";
                };
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
    requestEntityManagement: {
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
                    ownerEmail: string;
                    entityCode: string;
                    /**
                     * @description Of the mails about it
                     * @default en
                     * @enum {string}
                     */
                    language?: "en" | "de" | "zh";
                };
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
    breakGlass: {
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
                    ownerEmail: string;
                    entityCode: string;
                    reason: string;
                    /**
                     * @description Of the mails about it
                     * @default en
                     * @enum {string}
                     */
                    language?: "en" | "de" | "zh";
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
                    "application/json": components["schemas"]["BrokenGlass"];
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
    listSubmittedRequests: {
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
                    "application/json": {
                        items: components["schemas"]["SubmittedRequest"][];
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
    withdrawRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                requestId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
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
    listAccessRequests: {
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
                    "application/json": components["schemas"]["AccessRequests"];
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
    approveRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                incomingId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description How long the Mandate lasts, in minutes */
                    durationMinutes: number;
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
                    "application/json": components["schemas"]["Mandate"];
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
    rejectRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                incomingId: string;
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
    endMandate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                mandateId: string;
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
    listMandatedKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                mandateId: string;
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
                        items: components["schemas"]["MandatedKey"][];
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
    adoptKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                mandateId: string;
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
    beginSignOn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    invitationToken?: string;
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
                    "application/json": components["schemas"]["SignOnBegun"];
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
    finishSignOn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    state: string;
                    code?: string;
                    iss?: string;
                    error?: string;
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
    beginSignOnConfirmation: {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignOnBegun"];
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
    beginSignOnConnection: {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignOnBegun"];
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
    removeSignOn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
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
    finishSignOnConfirmation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    state: string;
                    code?: string;
                    iss?: string;
                    error?: string;
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
    finishSignOnConnection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    state: string;
                    code?: string;
                    iss?: string;
                    error?: string;
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
                type?: "key_accepted" | "key_refused" | "refusals_gathered" | "lock_unlocked" | "lock_relocked" | "door_opened" | "door_closed" | "exit_requested" | "door_held_open" | "door_forced" | "tampered" | "tamper_cleared" | "command_refused" | "command_dropped" | "silent_alarm" | "reader_paused" | "list_taken" | "list_refused" | "message_refused" | "device_started" | "link_lost" | "link_restored" | "clock_set" | "events_lost" | "log_nearly_full" | "older_disk" | "events_unknown" | "counters_returned" | "server_restored" | "memory_damaged";
                /** @description Key UUID, or its beginning; with dashes or without */
                key?: string;
                /** @description Part of an address, of the User who asked for it or of whoever the Key was mailed to while its mails are kept, without regard to capitals */
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
                type?: "key_accepted" | "key_refused" | "refusals_gathered" | "lock_unlocked" | "lock_relocked" | "door_opened" | "door_closed" | "exit_requested" | "door_held_open" | "door_forced" | "tampered" | "tamper_cleared" | "command_refused" | "command_dropped" | "silent_alarm" | "reader_paused" | "list_taken" | "list_refused" | "message_refused" | "device_started" | "link_lost" | "link_restored" | "clock_set" | "events_lost" | "log_nearly_full" | "older_disk" | "events_unknown" | "counters_returned" | "server_restored" | "memory_damaged";
                /** @description Key UUID, or its beginning; with dashes or without */
                key?: string;
                /** @description Part of an address, of the User who asked for it or of whoever the Key was mailed to while its mails are kept, without regard to capitals */
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
    listEntities: {
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
                        items: components["schemas"]["Entity"][];
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
    createEntity: {
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
                    name: string & (unknown & unknown);
                    code: string;
                    description?: string;
                    /** @enum {string} */
                    kind: "home" | "community" | "commercial";
                    zone: string;
                    address?: string;
                    /** @description Who is invited to become its first Local Admin, in this language */
                    localAdmin?: {
                        /**
                         * Format: email
                         * @description An e-mail address
                         */
                        email: string;
                        /**
                         * @default en
                         * @enum {string}
                         */
                        language?: "en" | "de" | "zh";
                    };
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
                    "application/json": components["schemas"]["Entity"];
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
    deleteEntity: {
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
    updateEntity: {
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
                    name?: string & (unknown & unknown);
                    description?: string;
                    zone?: string;
                    address?: string;
                    code?: string;
                    /** @enum {string} */
                    kind?: "home" | "community" | "commercial";
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
                    "application/json": components["schemas"]["Entity"];
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
    listHolidays: {
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
            /** @description By the next date; what is over comes last */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Holiday"][];
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
    addHoliday: {
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
                    name: string & (unknown & unknown);
                    /**
                     * Format: date
                     * @description A date of the calendar, 2026-11-25
                     */
                    firstDate: string;
                    /**
                     * Format: date
                     * @description The last date, included
                     */
                    lastDate: string;
                    isYearly: boolean;
                    /** @description On the holiday doors open within these hours alone; without them the whole day is closed */
                    hours?: {
                        /** @description A clock time from 00:00 to 23:59 */
                        from: string;
                        /** @description A clock time that ends something; 24:00 is the midnight that ends the day, as 00:00 is */
                        until: string;
                    };
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
                    "application/json": components["schemas"]["Holiday"];
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
    removeHoliday: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                holidayId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
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
    updateHoliday: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                holidayId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string & (unknown & unknown);
                    /**
                     * Format: date
                     * @description A date of the calendar, 2026-11-25
                     */
                    firstDate: string;
                    /**
                     * Format: date
                     * @description The last date, included
                     */
                    lastDate: string;
                    isYearly: boolean;
                    /** @description On the holiday doors open within these hours alone; without them the whole day is closed */
                    hours?: {
                        /** @description A clock time from 00:00 to 23:59 */
                        from: string;
                        /** @description A clock time that ends something; 24:00 is the midnight that ends the day, as 00:00 is */
                        until: string;
                    };
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
                    "application/json": components["schemas"]["Holiday"];
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
    listLocalAdmins: {
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
                        /** @description By name */
                        items: components["schemas"]["LocalAdmin"][];
                        /** @description By address; also those that are over */
                        invitations: components["schemas"]["Invitation"][];
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
    addLocalAdmin: {
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
                    /**
                     * Format: email
                     * @description An e-mail address
                     */
                    email: string;
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LocalAdminAdded"];
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
    listLocalAdminCandidates: {
        parameters: {
            query?: {
                text?: string;
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
                        items: components["schemas"]["LocalAdmin"][];
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
    removeLocalAdmin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
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
    resendInvitation: {
        parameters: {
            query?: never;
            header: {
                "idempotency-key": string;
            };
            path: {
                entityId: string;
                invitationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
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
    withdrawInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                invitationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
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
    showInvitation: {
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
                    "application/json": components["schemas"]["ShownInvitation"];
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
    acceptInvitation: {
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
                    /** @description Of the Account with the address, or of one to be made; without it the session counts */
                    password?: string;
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
                    "application/json": components["schemas"]["AcceptedInvitation"];
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
    listUsers: {
        parameters: {
            query?: {
                /** @description A part of name, e-mail address, phone number or licence plate */
                text?: string;
                status?: "active" | "deactivated";
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
            /** @description By name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["User"][];
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
    createUser: {
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
                    name: string & (unknown & unknown);
                    /**
                     * Format: email
                     * @description An e-mail address
                     */
                    email: string;
                    phone?: string & (unknown & unknown);
                    mobile?: string & (unknown & unknown);
                    plates?: string[];
                    /** @description Send welcome email: it invites the person to sign in, in this language */
                    welcome?: {
                        /** @enum {string} */
                        language: "en" | "de" | "zh";
                    };
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
                    "application/json": components["schemas"]["User"];
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
    listPlateHolders: {
        parameters: {
            query: {
                /** @description Licence plates, with commas between */
                plates: string;
                /** @description Not this User */
                except?: string;
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
                        items: {
                            plate: string;
                            name: string;
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
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                userId: string;
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
                    "application/json": components["schemas"]["User"];
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
    updateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string & (unknown & unknown);
                    /**
                     * Format: email
                     * @description Only while the person cannot sign in
                     */
                    email?: string;
                    phone?: string & (unknown & unknown);
                    mobile?: string & (unknown & unknown);
                    plates?: string[];
                    /** @description Of which Entities among those that the caller manages; those of others stay */
                    entityIds?: string[];
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
                    "application/json": components["schemas"]["User"];
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
    deactivateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
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
                    "application/json": components["schemas"]["User"];
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
    listSuspendedKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                userId: string;
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
                        items: components["schemas"]["SuspendedKey"][];
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
    reactivateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Keys to restore; every other Key of the User that is still valid stays suspended */
                    restoreKeyIds: string[];
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
                    "application/json": components["schemas"]["User"];
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
    welcomeUser: {
        parameters: {
            query?: never;
            header: {
                "idempotency-key": string;
            };
            path: {
                entityId: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default en
                     * @enum {string}
                     */
                    language?: "en" | "de" | "zh";
                };
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
    setUserPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/png": string;
                "image/jpeg": string;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
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
    removeUserPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                userId: string;
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
                    "application/json": components["schemas"]["User"];
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
    getUserPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                userId: string;
                photoId: string;
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
                    "image/jpeg": string;
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
    getOwnProfile: {
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
                    "application/json": components["schemas"]["OwnProfile"];
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
    updateOwnProfile: {
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
                    name?: string & (unknown & unknown);
                    phone?: string & (unknown & unknown);
                    mobile?: string & (unknown & unknown);
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
                    "application/json": components["schemas"]["OwnProfile"];
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
    exportUsers: {
        parameters: {
            query?: {
                /** @description A part of name, e-mail address, phone number or licence plate */
                text?: string;
                status?: "active" | "deactivated";
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
    startUserImport: {
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
                    "application/json": components["schemas"]["Import"];
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
    addUserImportLines: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                importId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines: {
                        line: number;
                        name: string;
                        email: string;
                        phone?: string;
                        mobile?: string;
                        /** @description With commas between */
                        plates?: string;
                        /** @description Codes of Entities with commas between; none: the Entity of the path */
                        entity?: string;
                        /** @description Send welcome email: yes or no; none: no */
                        welcome?: string;
                        /** @description Whoever is deactivated is not made anew */
                        status?: string;
                    }[];
                };
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
    checkUserImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                importId: string;
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
                    "application/json": components["schemas"]["UserImportCheck"];
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
    applyUserImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                importId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Of the welcome emails
                     * @enum {string}
                     */
                    language: "en" | "de" | "zh";
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
                    "application/json": components["schemas"]["UserImportCheck"];
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
    listBuildings: {
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
            /** @description By name; an Entity has each name once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Building"][];
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
    addBuilding: {
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
                    name: string & (unknown & unknown);
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
                    "application/json": components["schemas"]["Building"];
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
    removeBuilding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                buildingId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
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
    updateBuilding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                buildingId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string & (unknown & unknown);
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
                    "application/json": components["schemas"]["Building"];
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
    listUnits: {
        parameters: {
            query?: {
                /** @description A part of the name */
                text?: string;
                cursor?: string;
            };
            header?: never;
            path: {
                entityId: string;
                buildingId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name; a building has each name once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Unit"][];
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
    addUnit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                buildingId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string & (unknown & unknown);
                    /** @description Where it is; the ground floor is 0 */
                    floors: number[];
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
                    "application/json": components["schemas"]["Unit"];
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
    removeUnit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                unitId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
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
    updateUnit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                unitId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string & (unknown & unknown);
                    /** @description Where it is; the ground floor is 0 */
                    floors: number[];
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
                    "application/json": components["schemas"]["Unit"];
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
    startUnitImport: {
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
                    "application/json": components["schemas"]["Import"];
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
    addImportLines: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                importId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines: {
                        line: number;
                        building: string;
                        unit: string;
                        floors: string;
                    }[];
                };
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
    checkUnitImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                importId: string;
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
                    "application/json": components["schemas"]["UnitImportCheck"];
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
    applyUnitImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                importId: string;
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
                    "application/json": components["schemas"]["UnitImportCheck"];
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
    listSavedViews: {
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
            /** @description By name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SavedView"][];
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
    addSavedView: {
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
                    /** @enum {string} */
                    list: "entities" | "users" | "keys" | "activity" | "audit";
                    name: string & (unknown & unknown);
                    /** @description As they stand in the address of the list */
                    filters: string;
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
                    "application/json": components["schemas"]["SavedView"];
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
    removeSavedView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                viewId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
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
    renameSavedView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                viewId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string & (unknown & unknown);
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
                    "application/json": components["schemas"]["SavedView"];
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
                operation?: "bootstrap" | "registration.register" | "sign_in" | "sign_in.finish" | "sign_in.passkey" | "sign_in.provider" | "sign_out" | "entity.create" | "entity.update" | "entity.delete" | "holiday.add" | "holiday.update" | "holiday.remove" | "building.add" | "building.update" | "building.remove" | "unit.add" | "unit.update" | "unit.remove" | "unit.import" | "local_admin.add" | "local_admin.remove" | "local_admin.accept" | "invitation.resend" | "invitation.withdraw" | "session.confirm" | "session.end" | "session.end_others" | "user.create" | "user.import" | "user.export" | "user.update" | "user.deactivate" | "user.reactivate" | "user.welcome" | "user.accept" | "user.set_photo" | "user.remove_photo" | "profile.update" | "access_request.submit" | "access_request.withdraw" | "access_request.receive" | "access_request.approve" | "access_request.reject" | "access_request.break_glass" | "mandate.end" | "mandate.adopt_key" | "account.ask_reset" | "account.reset_password" | "account.make_reset_link" | "account.change_password" | "account.ask_address" | "account.confirm_address" | "account.begin_authenticator" | "account.finish_authenticator" | "account.renew_recovery_codes" | "account.remove_authenticator" | "account.add_passkey" | "account.remove_passkey" | "account.connect_provider" | "account.remove_provider" | "api_key.make" | "api_key.revoke" | "lock.add" | "lock.update" | "lock.claim_again" | "lock.open" | "lock.take_report" | "device.prove_claim" | "device.renew_certificate" | "key.create" | "key.update" | "key.delete" | "key.show_secrets" | "key.share_picture" | "key.send" | "activity.export" | "audit.export" | "audit.checkpoint" | "installation.restore";
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
                operation?: "bootstrap" | "registration.register" | "sign_in" | "sign_in.finish" | "sign_in.passkey" | "sign_in.provider" | "sign_out" | "entity.create" | "entity.update" | "entity.delete" | "holiday.add" | "holiday.update" | "holiday.remove" | "building.add" | "building.update" | "building.remove" | "unit.add" | "unit.update" | "unit.remove" | "unit.import" | "local_admin.add" | "local_admin.remove" | "local_admin.accept" | "invitation.resend" | "invitation.withdraw" | "session.confirm" | "session.end" | "session.end_others" | "user.create" | "user.import" | "user.export" | "user.update" | "user.deactivate" | "user.reactivate" | "user.welcome" | "user.accept" | "user.set_photo" | "user.remove_photo" | "profile.update" | "access_request.submit" | "access_request.withdraw" | "access_request.receive" | "access_request.approve" | "access_request.reject" | "access_request.break_glass" | "mandate.end" | "mandate.adopt_key" | "account.ask_reset" | "account.reset_password" | "account.make_reset_link" | "account.change_password" | "account.ask_address" | "account.confirm_address" | "account.begin_authenticator" | "account.finish_authenticator" | "account.renew_recovery_codes" | "account.remove_authenticator" | "account.add_passkey" | "account.remove_passkey" | "account.connect_provider" | "account.remove_provider" | "api_key.make" | "api_key.revoke" | "lock.add" | "lock.update" | "lock.claim_again" | "lock.open" | "lock.take_report" | "device.prove_claim" | "device.renew_certificate" | "key.create" | "key.update" | "key.delete" | "key.show_secrets" | "key.share_picture" | "key.send" | "activity.export" | "audit.export" | "audit.checkpoint" | "installation.restore";
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
    listApiKeys: {
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
                        items: components["schemas"]["ApiKey"][];
                        /** @description The permissions that an API key of this person may have */
                        grantable: string[];
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
    makeApiKey: {
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
                    name: string & (unknown & unknown);
                    /** @description Some of those that its maker has; it may never do more than both */
                    permissions: string[];
                    validForDays: number;
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
                    "application/json": components["schemas"]["MadeApiKey"];
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
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                apiKeyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
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
