"""The words that the Indonesian pages do not use, each with what to write instead."""

from tests.tools.banned_words import Word

INDONESIAN = (
    Word(
        "bukti",
        r"\b[Bb]ukti(nya)?\b(?! (dukung|kejahatan))",
        "bukti dukung, tanda terima",
    ),
    Word("ambil alih", r"\b(di|meng)?[Aa]mbil alih\b", "simpan, masukkan ke register"),
    Word("terapkan ke daftar", r"[Tt]erapkan ke daftar", "masukkan ke register"),
    Word("konsep", r"\b[Kk]onsep\b", "draf"),
    Word("kantor wilayah", r"\b[Kk]antor wilayah\b", "Kanwil"),
    Word("administrator", r"\b[Aa]dministrator\b", "admin"),
    Word(
        "finalkan",
        r"\b[Ff]inalkan\b|\b[Nn]otula (dapat )?(ditetapkan|terkunci)",
        "sahkan",
    ),
    Word(
        "instansi ditetapkan", r"instansi (yang )?ditetapkan", "instansi dikonfirmasi"
    ),
    Word("orang kedua", r"\b[Oo]rang kedua\b", "persetujuan kedua"),
    Word(
        "tindakan dua orang",
        r"\b[Tt]indakan dua orang\b|disahkan berdua",
        "persetujuan kedua",
    ),
    Word(
        "betulkan", r"\b(di|mem)?[Bb]etulkan\b|\b[Pp]embetulan\b", "koreksi, perbaiki"
    ),
    Word("daftar desa", r"\b[Dd]aftar desa\b", "register desa binaan, berkas daftar"),
    Word("kemajuan", r"\b[Kk]emajuan(nya)?\b", "capaian"),
    Word("pemandu", r"\b[Pp]emandu\b", "moderator"),
    Word("contoh kosong", r"\b[Cc]ontoh (kosong|berkas)\b", "templat"),
    Word("skema", r"\b[Ss]kema\b", "program"),
    Word("kabupaten atau kota", r"\b[Kk]abupaten atau kota\b", "kabupaten/kota"),
    Word("triwulan 4", r"\b[Tt]riwulan \d", "Triwulan IV 2026"),
    Word("sedikitnya", r"\b[Ss]edikitnya\b", "paling sedikit"),
    Word("tuliskan", r"\b([Tt]uliskan|[Ss]ebutkan|[Jj]elaskan)\b", "tulis"),
    Word("bila", r"\b[Bb]ila\b", "jika"),
    Word("dulu", r"\b[Dd]ulu\b", "dahulu"),
    Word("mohon", r"\b[Mm]ohon\b(?! tidak dibalas)", "silakan"),
    Word(
        "hari",
        r"^Hari$|(?<!\d )\b[Hh]ari terakhir\b(?!\.)|^Isi hari terakhir|isi harinya",
        "tanggal",
    ),
    Word("percent", r"(?<=[\ds]) %%|(?<=\d) %(?!\()", "80%, without a space"),
    Word(
        "connector",
        r"(?:^|[.!?] )(Setelah itu|Sebelum itu|Sementara itu|Selain itu|Karena itu) ",
        "a comma after it",
    ),
    Word("tak", r"\b[Tt]ak\b", "tidak"),
    Word(
        "menunggu Anda",
        r"\bmenunggu (Anda|keputusan Anda)\b",
        "tugas Anda, perlu keputusan",
    ),
    Word("dalam sekilas", r"\bdalam sekilas\b", "Sekilas program"),
    Word("bertindak untuk", r"\bbertindak untuk\b", "bertindak atas nama"),
    Word("halo", r"^Halo\b", "Yth. Bapak/Ibu,"),
    Word("surel", r"\b[Ss]urel\b", "email"),
    Word("bita", r"\b[Bb]ita\b", "byte, KB"),
    Word("saring", r"\b([Ss]aring|[Ss]aringan|[Mm]enyaring|[Dd]isaring)\b", "filter"),
    Word("sebuah akun", r"\bsebuah akun\b", "permintaan akun"),
    Word(
        "dengan utuh",
        r"\bsampai dengan (utuh|lengkap)\b",
        "data yang dikirim tidak lengkap",
    ),
    Word("berhenti sejenak", r"\bberhenti sejenak\b", "tidak dapat diakses"),
    Word(
        "apa pun namanya", r"\bapa pun namanya\b", "berupa gambar, bukan lembar kerja"
    ),
    Word("hal", r"^Hal$", "uraian"),
    Word(
        "keluarkan",
        r"\b[Kk]eluarkan semua\b|[Ss]emua perangkat sudah",
        "keluar dari semua HP",
    ),
    Word("dengannya", r"\bmasuk dengannya\b", "masuk dengan kata sandi baru"),
    Word("kirimi", r"\b[Kk]irimi\b", "kirim"),
    Word("hangus", r"\bhangus\b|\blewat waktu\b", "tidak berlaku, kedaluwarsa"),
    Word("menjaga laporan", r"\bmenjaga laporan\b", "menangani laporan"),
    Word("peran terjaga", r"\bperan terjaga\b", "peran khusus"),
    Word("bebaskan", r"\b([Bb]ebaskan|[Dd]ibebaskan)\b", "kecualikan, dikecualikan"),
    Word(
        "terdengar",
        r"\b(yang|kerja) terdengar\b|\bperekrut baru yang terlihat\b",
        "yang diketahui",
    ),
    Word("disampaikan warga", r"\bdisampaikan warga\b", "dilaporkan warga"),
    Word("surat atau kertas", r"\bsurat atau kertas\b", "lewat surat"),
    Word("memiliki bulan", r"\bmemiliki bulan\b", "laporan bulan itu sudah ada"),
    Word("diam", r"\bDiam tidak dihitung\b", "tidak melapor dicatat belum lapor"),
    Word(
        "satu ketukan",
        r"\b[Ss]atu ketukan\b|\bketukan di pintu\b",
        "sekali ketuk, percobaan",
    ),
    Word("duduk bersama", r"\bduduk bersama\b", "yang diundang"),
    Word("di meja", r"\bdi meja\b(?! registrasi)", "di meja registrasi"),
    Word("dijadikan satu", r"\bdijadikan satu\b", "digabung"),
    Word("sejauh ini", r"\bsejauh ini\b", "saat ini, berjalan"),
    Word("janji", r"\bjanji (desa|instansi)\b|\bmenyanggupi\b", "aksi yang disepakati"),
    Word("atas namanya", r"\batas namanya\b", "atas nama instansi/desa"),
    Word("diputuskan", r"\b(belum|sudah) diputuskan\b|^Putuskan$", "dicatat hasilnya"),
    Word(
        "buang daftar",
        r"\b[Bb]uang daftar\b|\b[Dd]aftar dibuang\b",
        "hapus berkas impor",
    ),
    Word("dilupakan", r"\bdilupakan\b", "dihapus"),
    Word("lebih tua", r"\blebih tua dari\b", "bertanggal lebih awal"),
    Word(
        "masa depan",
        r"\bmasa depan\b|\bmasih akan datang\b",
        "tidak boleh melewati hari ini",
    ),
    Word(
        "apa dan di mana", r"^(Apa dan di mana|Kapan dan siapa)$", "Kegiatan dan tempat"
    ),
    Word("untuk seterusnya", r"\buntuk seterusnya\b", "permanen"),
    Word("yakin", r"\byakin\b", "kecocokan"),
    Word("cincin", r"\bcincin(nya)?\b", "garis batas, lingkaran"),
    Word(
        "timbang", r"\b(me|di)?[Tt]imbang\b|\b[Mm]enimbang\b", "bobot, menyusun bobot"
    ),
    Word("garis lurus", r"\bgaris lurus\b", "secara linear"),
    Word("mencoret", r"\bmencoret\b", "menghapus"),
    Word("lebih dulu", r"\blebih dulu\b", "dikoreksi orang lain"),
    Word("putaran", r"\b[Pp]utaran\b", "tes"),
    Word("dinding", r"\b[Dd]inding\b", "poster, kode yang ditayangkan"),
    Word("terjangkau", r"\b[Ww]arga (terjangkau|yang dijangkau)\b", "warga yang ikut"),
    Word("dihitung bersama", r"\bdihitung bersama\b", "jumlah"),
    Word("bilangan bulat", r"\bbilangan bulat\b", "tulis angka saja"),
    Word("seperlima", r"\bseperlima(nya)?\b", "20%"),
    Word("separuhnya", r"\bseparuhnya\b", "median"),
    Word(
        "peran Anda tidak",
        r"\bPeran Anda tidak mencakup\b",
        "akun Anda tidak bisa membuka",
    ),
    Word("bagian jawaban", r"\bBagian jawaban\b", "persentase jawaban"),
)
