// The words of the chat itself, in the language of the person one sees it as. The bench (clock, faults) is English.

const WORDS = {
  en: {
    channels: "Channels", direct: "Direct messages", apps: "Apps", home: "Home", messages: "Messages", app: "App",
    only_you: "Only visible to you", edited: "(edited)", send: "Send", write: "Message {name}", jump: "New messages",
    empty: "No messages here yet. Write one, or type /alliance.", empty_home: "The app has not published its Home yet.",
    not_member: "You are not a member of {name} yet.", join: "Join channel", read_only: "Type /alliance in any channel to ask the bot.",
    required: "Please complete this required field.", close: "Close", optional: "(optional)", choose: "Choose an option",
    choose_date: "Date", choose_time: "Time", none: "Nothing chosen", search: "Search", done: "Done", more: "More actions",
    cancel: "Cancel", too_short: "At least {n} characters, please.", too_long: "At most {n} characters, please.",
    not_number: "Please enter a number.", failed: "That did not work: {error}.", unread: "{n} unread", members_only: "Private channel",
    invalid_length: "Please write a shorter text.", commands: "Commands", to_send: "Enter to send · Shift + Enter for a new line",
    timeout: "This app took too long to answer. Please try again.", today: "Today", saved_file: "File",
    unsupported: "This kind of block is not shown here ({type}).", open_menu: "Channels", just_you: "you",
  },
  fr: {
    channels: "Canaux", direct: "Messages directs", apps: "Applications", home: "Accueil", messages: "Messages", app: "Appli",
    only_you: "Visible par vous uniquement", edited: "(modifié)", send: "Envoyer", write: "Envoyer un message à {name}", jump: "Nouveaux messages",
    empty: "Aucun message ici pour l’instant. Écrivez-en un, ou saisissez /alliance.", empty_home: "L’application n’a pas encore publié son accueil.",
    not_member: "Vous n’êtes pas encore membre de {name}.", join: "Rejoindre le canal", read_only: "Saisissez /alliance dans n’importe quel canal pour interroger le bot.",
    required: "Veuillez remplir ce champ obligatoire.", close: "Fermer", optional: "(facultatif)", choose: "Choisissez une option",
    choose_date: "Date", choose_time: "Heure", none: "Aucun choix", search: "Rechercher", done: "Terminé", more: "Autres actions",
    cancel: "Annuler", too_short: "Au moins {n} caractères, s’il vous plaît.", too_long: "Au plus {n} caractères, s’il vous plaît.",
    not_number: "Veuillez saisir un nombre.", failed: "Cela n’a pas fonctionné\u00a0: {error}.", unread: "{n} non lus", members_only: "Canal privé",
    invalid_length: "Veuillez écrire un texte plus court.", commands: "Commandes", to_send: "Entrée pour envoyer · Maj + Entrée pour aller à la ligne",
    timeout: "L’application a mis trop de temps à répondre. Veuillez réessayer.", today: "Aujourd’hui", saved_file: "Fichier",
    unsupported: "Ce type de bloc n’est pas affiché ici ({type}).", open_menu: "Canaux", just_you: "vous",
  },
  es: {
    channels: "Canales", direct: "Mensajes directos", apps: "Aplicaciones", home: "Inicio", messages: "Mensajes", app: "App",
    only_you: "Visible solo para usted", edited: "(editado)", send: "Enviar", write: "Enviar un mensaje a {name}", jump: "Mensajes nuevos",
    empty: "Todavía no hay mensajes aquí. Escriba uno, o escriba /alliance.", empty_home: "La aplicación aún no ha publicado su inicio.",
    not_member: "Usted aún no es miembro de {name}.", join: "Unirse al canal", read_only: "Escriba /alliance en cualquier canal para consultar al bot.",
    required: "Complete este campo obligatorio.", close: "Cerrar", optional: "(opcional)", choose: "Elija una opción",
    choose_date: "Fecha", choose_time: "Hora", none: "Nada elegido", search: "Buscar", done: "Listo", more: "Más acciones",
    cancel: "Cancelar", too_short: "Al menos {n} caracteres, por favor.", too_long: "Como máximo {n} caracteres, por favor.",
    not_number: "Escriba un número.", failed: "No funcionó: {error}.", unread: "{n} sin leer", members_only: "Canal privado",
    invalid_length: "Escriba un texto más corto.", commands: "Comandos", to_send: "Intro para enviar · Mayús + Intro para una línea nueva",
    timeout: "La aplicación tardó demasiado en responder. Inténtelo de nuevo.", today: "Hoy", saved_file: "Archivo",
    unsupported: "Este tipo de bloque no se muestra aquí ({type}).", open_menu: "Canales", just_you: "usted",
  },
};

/** The language of a person's chat: en, fr or es. */
export function language(person) {
  const code = (person?.locale ?? "en").slice(0, 2);
  return code in WORDS ? code : "en";
}

/** A phrase in the person's language; {name} is replaced by `values.name`. */
export function say(person, key, values = {}) {
  return WORDS[language(person)][key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
